namespace MoneroCloud.Core;

/// <summary>
/// What was shown at <c>$cbs</c> in one life of the connection: a token for each address that a link was opened to, renewed before it ends, for
/// as long as the life lasts.
/// </summary>
internal sealed class BusTokens(BusSession session, IBusTokenSource source, string host, TimeProvider time, CancellationToken end)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Shown> _shown = new(StringComparer.Ordinal);

    /// <summary>Shows a token unless one was shown.</summary>
    /// <returns>Why the bus did not take it; null where it did.</returns>
    public Task<BusFault?> ShowAsync(string address)
    {
        lock (_lock)
        {
            if (!_shown.TryGetValue(address, out var shown) || shown.HasFailed)
            {
                _shown[address] = shown = new Shown();
                shown.Accepted = ShowFirstAsync(address, shown);
            }

            return shown.Accepted;
        }
    }

    /// <summary>The bus does not accept it any more.</summary>
    public void Forget(string address)
    {
        lock (_lock)
        {
            if (_shown.TryGetValue(address, out var shown) && shown.Accepted.IsCompleted)
            {
                _shown.Remove(address);
            }
        }
    }

    private async Task<BusFault?> ShowFirstAsync(string address, Shown shown)
    {
        // Not under the lock of whoever asked: the session, which has one too, asks here and is asked from here.
        await Task.Yield();
        try
        {
            var (token, fault) = await PutAsync(address);
            if (token is not null)
            {
                _ = KeepAsync(address, shown, token.RenewAt);
            }

            return fault;
        }
        catch (OperationCanceledException)
        {
            return new BusFault(BusRules.ConnectionForced, "the connection ended before a token was accepted");
        }
    }

    private async Task KeepAsync(string address, Shown shown, DateTimeOffset renewAt)
    {
        var subject = $"the bus's token for {address}";
        try
        {
            while (true)
            {
                var wait = renewAt - time.GetUtcNow();
                await Task.Delay(wait > BusRules.TokenRetry ? wait : BusRules.TokenRetry, time, end);
                if (!IsCurrent(address, shown))
                {
                    return;
                }

                var (next, fault) = await PutAsync(address);
                renewAt = next?.RenewAt ?? time.GetUtcNow();
                if (fault is null)
                {
                    session.Standing.Works(subject);
                }
                else
                {
                    // The old one holds to its end: only then the link goes, and says so.
                    session.Standing.Fails(subject, fault);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // This life of the connection is over.
        }
    }

    private bool IsCurrent(string address, Shown shown)
    {
        lock (_lock)
        {
            return _shown.TryGetValue(address, out var current) && ReferenceEquals(current, shown);
        }
    }

    private async Task<(BusToken? Token, BusFault? Fault)> PutAsync(string address)
    {
        var within = session.Options.ConnectDeadline;
        using var deadline = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, end);
        try
        {
            var audience = BusRules.Audience(host, address);
            var answer = await source.GetAsync(audience, either.Token);
            if (answer is not BusTokenAnswer.Given { Token: var token })
            {
                return (null, new BusFault(BusRules.NoToken, ((BusTokenAnswer.Failed)answer).Why));
            }

            var reply = await session.AskAsync(BusRules.Tokens, BusManagement.PutToken(token, audience), either.Token);
            return reply is BusReply.Failed refused ? (null, refused.Fault) : (token, null);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return (null, new BusFault(BusRules.Timeout, $"no token was accepted within {within.TotalSeconds:0.#} s"));
        }
    }

    private sealed class Shown
    {
        public Task<BusFault?> Accepted { get; set; } = Task.FromResult<BusFault?>(null);

        public bool HasFailed => Accepted is { IsCompleted: true } ended && !(ended.IsCompletedSuccessfully && ended.Result is null);
    }
}
