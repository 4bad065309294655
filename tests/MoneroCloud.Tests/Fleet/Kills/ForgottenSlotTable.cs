using System.Text.Json;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A defect: a slot of the budget does not know what it is for, so whoever asks again for the same takes another one.</summary>
internal sealed class ForgottenSlotTable(ITable table) : PassingTable(table)
{
    public override async Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) =>
        await base.ReadAsync(key, cancellationToken) is { } row && key == Keys.RestartBudget ? row with { Doc = Forgotten(row) } : await base.ReadAsync(key, cancellationToken);

    private static string Forgotten(Row row)
    {
        var budget = Documents.Read(row, MonitorJson.Default.RestartBudget).Value;
        return JsonSerializer.Serialize(budget with { Slots = [.. budget.Slots.Select(s => s with { For = "" })] }, MonitorJson.Default.RestartBudget);
    }
}
