using System.CommandLine;
using System.Text.Json;

namespace MoneroCloud.Agent;

/// <summary><c>events [NODE] [-f]</c>: the agent's event list, with times.</summary>
internal static class EventsCommand
{
    public static Command Build(Option<string?> config)
    {
        var node = new Argument<string?>("NODE") { Description = "An id or a name (default: all)", Arity = ArgumentArity.ZeroOrOne };
        var lines = new Option<int>("--lines", "-n") { Description = "How many, 1 to 100000", DefaultValueFactory = _ => 50 };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on as they happen" };
        var json = new Option<bool>("--json") { Description = "One JSON object a line" };
        var command = new Command("events", "Show what happened to the processes, and how their state changed") { node, lines, follow, json };
        command.Validators.Add(result => LineCount.Validate(result, lines));
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(config),
            new ControlRequest { Verb = ControlVerb.Events, Node = parsed.GetValue(node), Lines = parsed.GetValue(lines), Follow = parsed.GetValue(follow) },
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    private static Task<int> RunAsync(string? config, ControlRequest request, bool json, CancellationToken cancellation) =>
        AgentRequest.RunAsync(config, request, cancellation, reply => json && reply is ControlReply.EventLine { Entry: var entry }
            ? [JsonSerializer.Serialize(entry, AgentJson.Default.EventEntry)]
            : ReplyText.Lines(reply));
}
