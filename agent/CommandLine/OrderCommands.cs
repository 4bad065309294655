using System.CommandLine;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>start</c>, <c>stop</c>, <c>restart</c>, <c>enable</c>, <c>disable</c>: orders to nodes, with progress until they are done.</summary>
internal static class OrderCommands
{
    public static IEnumerable<Command> Build(Option<string?> config, CommandShell shell)
    {
        yield return Build(config, shell, "start", "Start a node; closes its breaker", ControlVerb.Start, NodeCommand.Start);
        yield return Build(config, shell, "stop", "Save and stop a node; it stays stopped, also after a reboot", ControlVerb.Stop, NodeCommand.Stop, ends: true);
        yield return Build(config, shell, "restart", "Save, stop and start a node; closes its breaker", ControlVerb.Restart, NodeCommand.Restart, ends: true);
        yield return Build(config, shell, "enable", "Supervise a node again", ControlVerb.Enable, NodeCommand.Enable);
        yield return Build(config, shell, "disable", "Save and stop a node, and take it out of supervision, counts and alerts", ControlVerb.Disable, NodeCommand.Disable);
    }

    private static Command Build(Option<string?> config, CommandShell shell, string name, string description, ControlVerb verb, NodeCommand order, bool ends = false)
    {
        var node = new Argument<string?>("NODE") { Description = "An id or a name", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all", "-a") { Description = "All nodes" };
        var json = new Option<bool>("--json") { Description = "Only how it went, machine-readable: one JSON object a node" };
        var command = new Command(name, description) { node, all, json };
        var now = ends ? NowOption.On(command) : null;
        var remote = RemoteOptions.On(command, config);
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(node) is not null))
            {
                result.AddError($"{name} takes either --all or one NODE");
            }
        });
        command.SetAction((parsed, cancellation) => RemoteOptions.RunAsync(
            remote.Of(parsed, shell),
            shell,
            () => AgentRequest.RunAsync(
                parsed.GetValue(config),
                new ControlRequest { Verb = verb, Node = parsed.GetValue(node), KillAfterMs = (long?)now?.Of(parsed)?.TotalMilliseconds },
                cancellation,
                parsed.GetValue(json) ? OrderOutput.Json : OrderOutput.Lines),
            monitor => new RemoteOrders(monitor, parsed.GetValue(json)).RunAsync(order, parsed.GetValue(node), now?.Of(parsed), cancellation)));
        return command;
    }
}
