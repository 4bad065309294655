namespace MoneroCloud.Functions;

/// <summary>The time that one try to deliver may take; its token ends the try, as the caller's own does.</summary>
internal sealed class SendLimit : IDisposable
{
    /// <summary>With what is around it what a notifier may take: an invocation has 50 s, and claims and records as well.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;

    public SendLimit(TimeSpan length, TimeProvider time, CancellationToken caller)
    {
        _limit = new CancellationTokenSource(length, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, caller);
    }

    public CancellationToken Token => _either.Token;

    public static Notified.Deferred Exceeded(TimeSpan length) => new($"no answer within {length.TotalSeconds:0.#} s", null);

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
