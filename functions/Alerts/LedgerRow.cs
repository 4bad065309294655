namespace MoneroCloud.Functions;

/// <summary>One row of a channel's ledger as it was read.</summary>
internal sealed record LedgerRow(RowKey Key, DateTimeOffset Due, Stored<OutboxItem> Item);
