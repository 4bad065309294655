using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary><c>logs NODE [-f]</c>: the node's own output. It is shown here, on the host, and sent nowhere.</summary>
internal static class LogsCommand
{
    public static Command Build(Option<string?> config)
    {
        var node = new Argument<string>("NODE") { Description = "An id or a name" };
        var lines = new Option<int>("--lines", "-n") { Description = "How many, 1 to 100000", DefaultValueFactory = _ => 50 };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on as they come" };
        var command = new Command("logs", "Show a node's own output") { node, lines, follow };
        command.Validators.Add(result => LineCount.Validate(result, lines));
        command.SetAction((parsed, cancellation) => AgentRequest.RunAsync(
            parsed.GetValue(config),
            new ControlRequest { Verb = ControlVerb.Logs, Node = parsed.GetValue(node), Lines = parsed.GetValue(lines), Follow = parsed.GetValue(follow) },
            cancellation));
        return command;
    }
}
