namespace MoneroCloud.Functions;

/// <summary>How a try to deliver ended.</summary>
internal abstract record Notified
{
    private Notified()
    {
    }

    /// <param name="Receipt">What the channel gave as proof, without secrets.</param>
    public sealed record Delivered(string Receipt) : Notified;

    /// <summary>Not now: try again.</summary>
    /// <param name="Why">Without secrets.</param>
    /// <param name="NotBefore">As the channel asked; null where it did not.</param>
    public sealed record Deferred(string Why, TimeSpan? NotBefore) : Notified;

    /// <summary>Never.</summary>
    /// <param name="Why">Without secrets.</param>
    public sealed record Refused(string Why) : Notified;
}
