using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A table that notices whether anything becomes another thing than it was, but for what every refused message may do: be counted, and be answered.</summary>
internal sealed class WatchedTable(ITable table) : PassingTable(table)
{
    public bool Changed { get; set; }

    public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var differs = false;
        foreach (var change in changes)
        {
            differs |= await DiffersAsync(change, cancellationToken);
        }

        var result = await base.CommitAsync(changes, cancellationToken);
        Changed |= differs && result is CommitResult.Committed;
        return result;
    }

    private async Task<bool> DiffersAsync(RowChange change, CancellationToken cancellation)
    {
        if (change.Key.Key.StartsWith(Keys.Refusals, StringComparison.Ordinal))
        {
            return false;
        }

        var before = await ReadAsync(change.Key, cancellation);
        return (before, change.Written) switch
        {
            (null, null) => false,
            ({ } was, { } now) => Text(was) != Text(now) || was.WorkedData != now.WorkedData || was.Due != now.Due,
            _ => true,
        };
    }

    /// <summary>That an ack went out is a note that nothing rests on.</summary>
    private static string Text(Row row) => row.Key.Key.StartsWith(Keys.Agents, StringComparison.Ordinal)
        ? JsonSerializer.Serialize(JsonSerializer.Deserialize(row.Doc, CoreJson.Default.AgentRecord)! with { AckedAt = null }, CoreJson.Default.AgentRecord)
        : row.Doc;
}
