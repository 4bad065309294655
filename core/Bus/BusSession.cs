using Amqp;
using Amqp.Framing;

namespace MoneroCloud.Core;

/// <summary>One life of the connection: never mended, only replaced. Links are mended one by one while it lasts.</summary>
internal sealed class BusSession : IDisposable
{
    private static readonly TimeSpan CloseDeadline = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<BusSender>> _senders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<BusRequests>> _requests = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<BusFault> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Connection _connection;
    private readonly IDisposable _line;
    private readonly CancellationTokenSource _end = new();
    private readonly BusTokens? _tokens;
    private readonly TimeProvider _time;
    private readonly Session _session;
    private int _links;

    /// <param name="connection">Open.</param>
    /// <param name="line">Under it.</param>
    /// <param name="tokens">For each queue one has to be shown; null: the login was all.</param>
    /// <param name="host">The bus's name.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="standing">Outlives this.</param>
    /// <param name="time">The clock.</param>
    public BusSession(Connection connection, IDisposable line, IBusTokenSource? tokens, string host, BusOptions options, BusStanding standing, TimeProvider time)
    {
        (_connection, _line, Options, Standing, _time) = (connection, line, options, standing, time);
        _tokens = tokens is null ? null : new BusTokens(this, tokens, host, time, _end.Token);
        _session = new Session(connection);
        connection.AddClosedCallback((_, error) => End(BusFault.Of(error)));
        _session.AddClosedCallback((_, error) => End(BusFault.Of(error)));
    }

    public BusOptions Options { get; }

    public BusStanding Standing { get; }

    /// <summary>Completes when the connection or its session is gone, with the reason.</summary>
    public Task<BusFault> Ended => _ended.Task;

    public async Task<BusSend> SendAsync(string queue, BusMessage message, CancellationToken cancellation)
    {
        var sender = await Kept(_senders, queue, () => BusSender.OpenAsync(this, queue), static kept => kept.IsUsable).WaitAsync(cancellation);
        return await sender.SendAsync(message, cancellation);
    }

    /// <returns>Until when it is locked now, or null when it is no longer ours.</returns>
    public async Task<DateTimeOffset?> RenewLockAsync(string queue, Guid lockToken, CancellationToken cancellation)
    {
        switch (await AskAsync(queue + BusRules.ManagementSuffix, BusManagement.RenewLock(lockToken), cancellation))
        {
            case BusReply.Done { Message: var reply }:
                return BusManagement.LockedUntil(reply);
            case BusReply.Failed { Fault: var fault } when !Ended.IsCompleted:
                Standing.Refused($"a lock of the queue {queue}", fault);
                break;
        }

        return null;
    }

    /// <summary>Over links that are kept.</summary>
    public async Task<BusReply> AskAsync(string address, Message request, CancellationToken cancellation)
    {
        var requests = await Kept(_requests, address, () => BusRequests.OpenAsync(this, address), static kept => kept.IsUsable).WaitAsync(cancellation);
        return await requests.AskAsync(request, cancellation);
    }

    public Task<BusLinkOpening> OpenSenderAsync(string address, Attach attach) =>
        OpenAsync(address, onAttached => new SenderLink(_session, LinkName(), attach, onAttached));

    public Task<BusLinkOpening> OpenReceiverAsync(string address, Attach attach) =>
        OpenAsync(address, onAttached => new ReceiverLink(_session, LinkName(), attach, onAttached));

    /// <summary>Says goodbye to the bus, shortly.</summary>
    public async Task CloseAsync()
    {
        try
        {
            await _connection.CloseAsync().WaitAsync(CloseDeadline, _time);
        }
        catch (Exception exception) when (BusFault.IsOne(exception))
        {
            // It is closed either way.
        }

        Dispose();
    }

    public void Dispose()
    {
        _line.Dispose();
        End(new BusFault(BusRules.ConnectionForced, "closed by us"));
    }

    private async Task<BusLinkOpening> OpenAsync(string address, Func<OnAttached, Link> open)
    {
        if (_tokens is not { } tokens || address == BusRules.Tokens)
        {
            return await BusLinkOpening.OpenAsync(open, Options.ConnectDeadline, _time);
        }

        if (await tokens.ShowAsync(address) is { } refusal)
        {
            return new BusLinkOpening.Failed(refusal);
        }

        var opening = await BusLinkOpening.OpenAsync(open, Options.ConnectDeadline, _time);
        _ = ForgetTokenAsync(tokens, address, opening);
        return opening;
    }

    /// <summary>A token that has ended, or was no good, is not relied on again.</summary>
    private static async Task ForgetTokenAsync(BusTokens tokens, string address, BusLinkOpening opening)
    {
        var fault = opening is BusLinkOpening.Attached { Ended: var ended } ? await ended : ((BusLinkOpening.Failed)opening).Fault;
        if (BusRules.ReactionTo(fault.Condition).NewToken)
        {
            tokens.Forget(address);
        }
    }

    private void End(BusFault fault)
    {
        if (_ended.TrySetResult(fault))
        {
            _end.Cancel();
        }
    }

    // The name is ours for the container's whole life: the bus may still hold the link that this one replaces.
    private string LinkName() => $"{Options.ContainerId}-{Guid.NewGuid():N}-{Interlocked.Increment(ref _links)}";

    private Task<T> Kept<T>(Dictionary<string, Task<T>> all, string queue, Func<Task<T>> open, Func<T, bool> isUsable)
    {
        lock (_lock)
        {
            if (!all.TryGetValue(queue, out var kept) || (kept.IsCompleted && !(kept.IsCompletedSuccessfully && isUsable(kept.Result))))
            {
                all[queue] = kept = open();
            }

            return kept;
        }
    }
}
