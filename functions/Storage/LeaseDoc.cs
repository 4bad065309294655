namespace MoneroCloud.Functions;

/// <summary>What a lease's row says.</summary>
/// <param name="Holder">Who has it.</param>
/// <param name="Since">When it was taken or last renewed.</param>
/// <param name="Until">When it runs out.</param>
internal sealed record LeaseDoc(string Holder, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>
    /// Whether somebody has it. The times are wall clocks of several machines: a lease that would run for more than twice its length was
    /// written by a clock that has been set back since, and is not waited for.
    /// </summary>
    public bool IsHeld(DateTimeOffset now) => now < Until && Until - now <= 2 * (Until - Since);
}
