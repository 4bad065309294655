namespace MoneroCloud.Agent;

/// <summary>What the journal says of one order of the monitor.</summary>
/// <param name="Ended">Its outcome was told.</param>
internal sealed record JournaledOrder(JournalRecord.OrderTaken Taken, bool Ended);
