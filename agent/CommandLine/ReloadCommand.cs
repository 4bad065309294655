using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary><c>reload [AGENT]</c>: the agent takes its configuration file anew; AGENT names it where a monitor is asked.</summary>
internal static class ReloadCommand
{
    public static Command Build(Option<string?> config, CommandShell shell)
    {
        var agent = new Argument<string?>("AGENT") { Description = "With a monitor: the agent that is meant", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("reload", "Take the configuration file anew; a bad one is refused and changes nothing") { agent };
        var remote = RemoteOptions.On(command, config);
        command.SetAction((parsed, cancellation) => RemoteOptions.RunAsync(
            Choice(remote.Of(parsed, shell), parsed.GetValue(agent)),
            shell,
            () => AgentRequest.RunAsync(parsed.GetValue(config), new ControlRequest { Verb = ControlVerb.Reload }, cancellation),
            monitor => new RemoteOrders(monitor).ReloadAsync(parsed.GetValue(agent)!, cancellation)));
        return command;
    }

    private static RemoteChoice Choice(RemoteChoice choice, string? agent) => (choice, agent) switch
    {
        (RemoteChoice.There, null) => new RemoteChoice.Refused("which agent? reload AGENT --monitor URL"),
        (RemoteChoice.Here, not null) => new RemoteChoice.Refused("reload takes the name of an agent only with --monitor"),
        _ => choice,
    };
}
