using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary><c>start</c>, <c>stop</c>, <c>restart</c>, <c>enable</c>, <c>disable</c>: orders to nodes, with progress until they are done.</summary>
internal static class OrderCommands
{
    public static IEnumerable<Command> Build(Option<string?> config)
    {
        yield return Build(config, "start", "Start a node; closes its breaker", ControlVerb.Start);
        yield return Build(config, "stop", "Save and stop a node; it stays stopped, also after a reboot", ControlVerb.Stop);
        yield return Build(config, "restart", "Save, stop and start a node; closes its breaker", ControlVerb.Restart);
        yield return Build(config, "enable", "Supervise a node again", ControlVerb.Enable);
        yield return Build(config, "disable", "Save and stop a node, and take it out of supervision, counts and alerts", ControlVerb.Disable);
    }

    private static Command Build(Option<string?> config, string name, string description, ControlVerb verb)
    {
        var node = new Argument<string?>("NODE") { Description = "An id or a name", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all", "-a") { Description = "All nodes" };
        var command = new Command(name, description) { node, all };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(node) is not null))
            {
                result.AddError($"{name} takes either --all or one NODE");
            }
        });
        command.SetAction((parsed, cancellation) => AgentRequest.RunAsync(
            parsed.GetValue(config),
            new ControlRequest { Verb = verb, Node = parsed.GetValue(node) },
            cancellation));
        return command;
    }
}
