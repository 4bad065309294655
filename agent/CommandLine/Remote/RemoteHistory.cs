using System.Globalization;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What a monitor keeps of a node's past, as lines, the newest last.</summary>
internal sealed class RemoteHistory(RemoteMonitor monitor)
{
    private const int SmallPage = 100;
    private const int LargePage = 500;

    public async Task<int> RunAsync(HistoryWish wish, CancellationToken cancellation)
    {
        var (page, failure) = await ReadAsync(wish, cancellation);
        if (page is not { } all)
        {
            return failure;
        }

        var output = monitor.Shell.Output;
        if (wish.Format == OutputFormat.Csv)
        {
            output.Write(Csv.Line("time", "subject", "kind", "text", "from_state", "to_state", "from_condition", "to_condition", "place"));
        }

        foreach (var line in all.Entries.AsEnumerable().Reverse().SelectMany(entry => Lines(all.Subject, entry, wish.Format)))
        {
            output.Write(line);
        }

        if (all.Left)
        {
            await monitor.Shell.Error.WriteLineAsync($"monerocloud: only the newest {wish.Lines} are shown: --until tells of older ones");
        }

        return wish is { Since: { } since, Format: OutputFormat.Table } ? await UptimeAsync(wish, since, cancellation) : ExitCode.Working;
    }

    /// <summary>All pages of what is wished for; null and the exit code when one does not come.</summary>
    private async Task<((string Subject, List<HistoryEntry> Entries, bool Left)? Read, int Exit)> ReadAsync(HistoryWish wish, CancellationToken cancellation)
    {
        var (entries, subject, size) = (new List<HistoryEntry>(), wish.Node, wish.Since is null ? SmallPage : LargePage);
        var before = wish.Until is { } until ? until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture) : null;
        while (true)
        {
            var reply = await monitor.Client.HistoryAsync(wish.Node, Math.Min(size, wish.Lines - entries.Count), before, cancellation);
            if (reply is not MonitorReply<HistoryView>.Got { Value: var page })
            {
                return (null, await monitor.FailAsync(reply, wish.Node, cancellation));
            }

            var wanted = page.Entries.Where(e => wish.Since is not { } since || e.At >= since).ToList();
            entries.AddRange(wanted);
            (subject, before) = (page.Subject, page.Next);
            var over = page.Entries.IsEmpty || before is null || wanted.Count < page.Entries.Length;
            if (over || entries.Count >= wish.Lines)
            {
                return ((subject, entries, !over && wish.Since is not null), ExitCode.Working);
            }
        }
    }

    /// <summary>One line more for people.</summary>
    private async Task<int> UptimeAsync(HistoryWish wish, DateTimeOffset since, CancellationToken cancellation)
    {
        var reply = await monitor.Client.UptimeAsync(wish.Node, since, wish.Until, 0, cancellation);
        if (reply is not MonitorReply<UptimeView>.Got { Value: var uptime })
        {
            return await monitor.FailAsync(reply, wish.Node, cancellation);
        }

        monitor.Shell.Output.WriteLine(ShownText.Printable(UptimeText.Of(uptime)));
        return ExitCode.Working;
    }

    private static IEnumerable<string> Lines(string subject, HistoryEntry entry, OutputFormat format) => format switch
    {
        OutputFormat.Json => [$"{JsonSerializer.Serialize(entry, ApiJson.Default.HistoryEntry)}\n"],
        OutputFormat.Csv => Cells(subject, entry).Select(cells => Csv.Line(cells)),
        _ => HistoryText.Of(entry).Select(what => $"{ShownText.Printable($"{IsoTime.Of(entry.At)}  {subject,-12} {what}")}\n"),
    };

    private static IEnumerable<string[]> Cells(string subject, HistoryEntry entry)
    {
        if (entry.Fact is { } fact)
        {
            yield return [IsoTime.Of(entry.At), subject, "event", HistoryText.Of(fact), "", "", "", "", entry.Place];
        }

        if (entry.Transition is { } t)
        {
            yield return [IsoTime.Of(entry.At), subject, "state", t.Explanation, t.From.ToString(), t.To.ToString(), t.FromCondition.ToString(), t.ToCondition.ToString(), entry.Place];
        }

        if (entry.Order is { } order)
        {
            yield return [IsoTime.Of(entry.At), subject, "order", HistoryText.Of(order), "", "", "", "", entry.Place];
        }
    }
}
