namespace MoneroCloud.Functions;

/// <summary>One row of the ledger that this deliverer alone may send, until its claim runs out.</summary>
internal sealed record ClaimedAlert(RowKey Key, Stored<OutboxItem> Item);
