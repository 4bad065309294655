using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What a monitor keeps of a node's past, as lines, the newest last.</summary>
internal sealed class RemoteHistory(RemoteMonitor monitor)
{
    private const int Page = 100;

    /// <param name="lines">How many entries, at most.</param>
    public async Task<int> RunAsync(string node, int lines, bool json, CancellationToken cancellation)
    {
        var entries = new List<HistoryEntry>();
        var subject = node;
        string? before = null;
        do
        {
            var reply = await monitor.Client.HistoryAsync(node, Math.Min(Page, lines - entries.Count), before, cancellation);
            if (reply is not MonitorReply<HistoryView>.Got { Value: var page })
            {
                return await monitor.FailAsync(reply, node, cancellation);
            }

            entries.AddRange(page.Entries);
            subject = page.Subject;
            before = page.Entries.IsEmpty ? null : page.Next;
        }
        while (before is not null && entries.Count < lines);

        foreach (var line in entries.AsEnumerable().Reverse().SelectMany(entry => Lines(subject, entry, json)))
        {
            monitor.Shell.Output.WriteLine(line);
        }

        return ExitCode.Working;
    }

    private static IEnumerable<string> Lines(string subject, HistoryEntry entry, bool json) => json
        ? [JsonSerializer.Serialize(entry, ApiJson.Default.HistoryEntry)]
        : EventText.Of(subject, entry).Select(ShownText.Printable);
}
