using System.CommandLine;
using System.CommandLine.Parsing;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>history NODE</c>: what a monitor keeps of a node's past, or its sums by the hour or day.</summary>
internal sealed class HistoryCommand
{
    private const int UsualLines = 50;

    private readonly Argument<string> _node = new("NODE") { Description = "An id or a name" };

    private readonly Option<int> _lines = new("--lines", "-n")
    {
        Description = $"The newest, how many, 1 to {ControlRequest.MostLines} (default {UsualLines}; with --since all)",
        DefaultValueFactory = _ => UsualLines,
    };

    private readonly Option<OutputFormat> _format = new("--format") { Description = "Lines for people, one JSON object a line, or CSV", HelpName = "table|json|csv" };

    private readonly Option<bool> _json = MonitorCommands.Json("As --format json");

    private readonly Option<RollupSpan> _rollups = new("--rollups")
    {
        Description = "Instead of what happened: checks, failures, latency and time in each state by the hour or day of UTC",
        HelpName = "hour|day",
    };

    private readonly MomentOption _since;
    private readonly MomentOption _until;
    private readonly Command _command;

    private HistoryCommand()
    {
        _command = new Command("history", "Show what a monitor keeps of a node: what happened to it, and how its state changed; with --since its uptime too") { _node, _lines, _format, _json, _rollups };
        _since = MomentOption.On(_command, "--since", "Only what was then or later: so long ago, or a time");
        _until = MomentOption.On(_command, "--until", "Only what was before then");
    }

    public static Command Build(Option<string?> config, CommandShell shell)
    {
        var history = new HistoryCommand();
        history._command.Validators.Add(result => LineCount.Validate(result, history._lines));
        history._command.Validators.Add(result =>
        {
            Word<OutputFormat>(result.GetResult(history._format), "--format takes table, json or csv");
            Word<RollupSpan>(result.GetResult(history._rollups), "--rollups takes hour or day");
            if (result.GetValue(history._json) && result.GetResult(history._format) is { Implicit: false })
            {
                result.AddError("--json and --format exclude each other");
            }
        });
        return MonitorCommands.On(history._command, config, shell, history.RunAsync);
    }

    /// <summary>A number is taken for one of them else.</summary>
    private static void Word<T>(OptionResult? given, string problem)
        where T : struct, Enum
    {
        if (given is { Tokens: [var token] } && Enum.TryParse(token.Value, ignoreCase: true, out T value) && (!Enum.IsDefined(value) || !char.IsAsciiLetter(token.Value[0])))
        {
            given.AddError(problem);
        }
    }

    private Task<int> RunAsync(RemoteMonitor monitor, ParseResult parsed, CancellationToken cancellation)
    {
        var now = monitor.Shell.Time.GetUtcNow();
        var wish = new HistoryWish
        {
            Node = parsed.GetValue(_node)!,
            Since = _since.Of(parsed, now),
            Until = _until.Of(parsed, now),
            Lines = _since.IsIn(parsed.CommandResult) && parsed.GetResult(_lines) is null or { Implicit: true } ? ControlRequest.MostLines : parsed.GetValue(_lines),
            Format = parsed.GetValue(_json) ? OutputFormat.Json : parsed.GetValue(_format),
        };
        if (wish.Since >= (wish.Until ?? now))
        {
            return Task.FromResult(monitor.Shell.Fail(CommandLineRoot.UsageError, $"--since has to be before {(wish.Until is null ? "the present" : "--until")}"));
        }

        return parsed.GetResult(_rollups) is { Implicit: false }
            ? new RemoteRollups(monitor).RunAsync(wish, parsed.GetValue(_rollups), cancellation)
            : new RemoteHistory(monitor).RunAsync(wish, cancellation);
    }
}
