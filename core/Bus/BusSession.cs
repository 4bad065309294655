using Amqp;
using Amqp.Framing;

namespace MoneroCloud.Core;

/// <summary>One life of the connection: never mended, only replaced. Links are mended one by one while it lasts.</summary>
internal sealed class BusSession : IDisposable
{
    private static readonly TimeSpan CloseDeadline = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<BusSender>> _senders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<BusManagement>> _managements = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<BusFault> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Connection _connection;
    private readonly IDisposable _socket;
    private readonly BusOptions _options;
    private readonly TimeProvider _time;
    private readonly Session _session;
    private int _links;

    public BusSession(Connection connection, IDisposable socket, BusOptions options, TimeProvider time)
    {
        _connection = connection;
        _socket = socket;
        _options = options;
        _time = time;
        _session = new Session(connection);
        connection.AddClosedCallback((_, error) => _ended.TrySetResult(BusFault.Of(error)));
        _session.AddClosedCallback((_, error) => _ended.TrySetResult(BusFault.Of(error)));
    }

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
        var management = await Kept(_managements, queue, () => BusManagement.OpenAsync(this, queue), static kept => kept.IsUsable).WaitAsync(cancellation);
        return await management.RenewLockAsync(lockToken, cancellation);
    }

    public Task<BusLinkOpening> OpenSenderAsync(Attach attach) =>
        OpenAsync(onAttached => new SenderLink(_session, LinkName(), attach, onAttached));

    public Task<BusLinkOpening> OpenReceiverAsync(Attach attach) =>
        OpenAsync(onAttached => new ReceiverLink(_session, LinkName(), attach, onAttached));

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
        _socket.Dispose();
        _ended.TrySetResult(new BusFault(BusRules.ConnectionForced, "closed by us"));
    }

    private Task<BusLinkOpening> OpenAsync(Func<OnAttached, Link> open) =>
        BusLinkOpening.OpenAsync(open, _options.ConnectDeadline, _time);

    // The name is ours for the container's whole life: the bus may still hold the link that this one replaces.
    private string LinkName() => $"{_options.ContainerId}-{Guid.NewGuid():N}-{Interlocked.Increment(ref _links)}";

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
