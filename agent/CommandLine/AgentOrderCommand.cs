using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary>An order to the agent itself.</summary>
internal static class AgentOrderCommand
{
    public static Command Build(Option<string?> config, string name, string description, ControlVerb verb)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, cancellation) => AgentRequest.RunAsync(parsed.GetValue(config), new ControlRequest { Verb = verb }, cancellation));
        return command;
    }
}
