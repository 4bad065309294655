namespace MoneroCloud.Functions;

/// <summary>The time that one call to a store may take; its token ends the call, as the caller's own does.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;
    private readonly TimeSpan _length;

    public Deadline(TableOptions options, TimeProvider time, CancellationToken caller)
    {
        _length = options.Deadline;
        _caller = caller;
        _limit = new CancellationTokenSource(_length, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, caller);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Whether a cancellation is not the caller's.</summary>
    public bool IsStore => !_caller.IsCancellationRequested;

    /// <param name="store">Which store, for the message.</param>
    public StorageUnavailableException Exceeded(string store) => new($"{store}: no answer within {_length.TotalSeconds:0.#} s");

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
