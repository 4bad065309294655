using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Silences and maintenance: shown, made and ended.</summary>
internal sealed class RemoteSilences(RemoteMonitor monitor)
{
    private static readonly string[] Heads = ["SILENCE", "KIND", "STATE", "FROM", "UNTIL", "BY", "WHAT"];

    public async Task<int> ListAsync(bool all, bool json, CancellationToken cancellation)
    {
        var reply = await monitor.Client.Operators.SilencesAsync(cancellation);
        if (reply is not MonitorReply<SilenceList>.Got { Value: var list })
        {
            return monitor.Fail(reply);
        }

        list = new SilenceList([.. list.Silences.Where(s => all || s.State != SilenceState.Ended)]);
        var output = monitor.Shell.Output;
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(list, ApiJson.Default.SilenceList));
        }
        else if (list.Silences.IsEmpty)
        {
            output.WriteLine("nothing is silenced");
        }
        else
        {
            Columns.Write(output, [Heads, .. list.Silences.Select(Cells)]);
        }

        return ExitCode.Working;
    }

    public async Task<int> AddAsync(SilenceRequest request, CancellationToken cancellation) => Said(await monitor.Client.Operators.SilenceAsync(request, cancellation));

    public async Task<int> EndAsync(string text, string? by, CancellationToken cancellation)
    {
        if (!ShortId.IsPrefix(text))
        {
            return monitor.Shell.Fail(ExitCode.Usage, ShownText.Printable($"'{text}' is no silence: its id, or at least {ShortId.Least} digits of it"));
        }

        var reply = await monitor.Client.Operators.SilencesAsync(cancellation);
        if (reply is not MonitorReply<SilenceList>.Got { Value.Silences: var all })
        {
            return monitor.Fail(reply);
        }

        return all.Where(s => s.Id.StartsWith(text, StringComparison.Ordinal)).Select(s => s.Id).ToList() switch
        {
            [] => monitor.Shell.Fail(ExitCode.Usage, $"there is no silence '{text}'; 'monerocloud silences' lists them"),
            [var id] => Said(await monitor.Client.Operators.EndSilenceAsync(id, by, cancellation)),
            var several => monitor.Shell.Fail(ExitCode.Usage, $"'{text}' could be {string.Join(", ", several)}"),
        };
    }

    /// <summary>What was made or ended, and on the error output what may be wrong with it.</summary>
    /// <returns>The exit code.</returns>
    public int Said(MonitorReply<SilenceView> reply)
    {
        if (reply is not MonitorReply<SilenceView>.Got { Value: var silence })
        {
            return monitor.Fail(reply);
        }

        var until = silence.State == SilenceState.Ended ? $"ended at {Words.Time(silence.Until)}" : $"{silence.State.ToString().ToLowerInvariant()} until {Words.Time(silence.Until)}";
        monitor.Shell.Output.WriteLine(ShownText.Printable($"{silence.Kind.ToString().ToLowerInvariant()} {silence.Id}: {until}: {MatchText.Of(silence.Match)}"));
        if (silence.Warning is { } warning)
        {
            monitor.Shell.Error.WriteLine(ShownText.Printable($"monerocloud: warning: {warning}"));
        }

        return ExitCode.Working;
    }

    private static string[] Cells(SilenceView silence) =>
    [
        silence.Id,
        silence.Kind.ToString().ToLowerInvariant(),
        silence.State.ToString().ToLowerInvariant(),
        Words.Time(silence.From),
        Words.Time(silence.Until),
        silence.By,
        $"{MatchText.Of(silence.Match)}{(silence.Comment is { } comment ? $" ({comment})" : "")}",
    ];
}
