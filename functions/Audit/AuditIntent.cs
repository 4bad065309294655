namespace MoneroCloud.Functions;

/// <summary>What somebody is about to do.</summary>
/// <param name="By">The role that was proved and the name behind it.</param>
/// <param name="Deed">In a word or two, as it is shown.</param>
/// <param name="Subject">A node's id, an agent's name, or <c>monitor</c>: in its shard the line is kept.</param>
internal sealed record AuditIntent(ApiCaller Caller, string By, string Deed, string Subject)
{
    /// <summary>In words; cut where it is long. Never a secret.</summary>
    public string? Details { get; init; }
}
