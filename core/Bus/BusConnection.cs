namespace MoneroCloud.Core;

/// <summary>
/// One connection to the bus, made when it is needed, and again, with back-off and jitter, when it broke. For use by many at once. What the
/// bus does is a value here, never an exception.
/// </summary>
public sealed class BusConnection : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private readonly BusAddress _address;
    private readonly BusOptions _options;
    private readonly TimeProvider _time;
    private TaskCompletionSource<BusSession> _session = NewSource();
    private TaskCompletionSource<BusFault> _unauthorized = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BusState _state;
    private Task? _loop;
    private int _pendingSends;

    public BusConnection(BusAddress address, BusOptions options, TimeProvider time)
    {
        _address = address;
        _options = options;
        _time = time;
        _state = new BusState.Disconnected(time.GetUtcNow(), null);
        Standing = new BusStanding(time, notice => Told?.Invoke(notice));
    }

    /// <summary>After each change of <see cref="State"/>, in order, from one thread at a time. It must return soon and not throw.</summary>
    public event Action<BusState>? StateChanged;

    /// <summary>
    /// What is worth a line in a log: trouble once, and its end. From any thread, one at a time. It must return soon and not throw.
    /// </summary>
    public event Action<BusNotice>? Told;

    public BusAddress Address => _address;

    public BusState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    internal BusStanding Standing { get; }

    internal BusOptions Options => _options;

    internal TimeProvider Time => _time;

    internal CancellationToken End => _end.Token;

    /// <summary>Connects if there is no connection yet, waits for the answer, at most <see cref="BusOptions.SendDeadline"/>.</summary>
    /// <exception cref="OperationCanceledException">The caller's token, nothing else.</exception>
    public async Task<BusSend> SendAsync(string queue, BusMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Standing.Busy is var busy && busy > TimeSpan.Zero)
        {
            return new BusSend.NotNow("the bus asked for less", busy);
        }

        try
        {
            return Interlocked.Increment(ref _pendingSends) <= _options.MostPendingSends
                ? await SendWithinDeadlineAsync(queue, message, cancellation)
                : new BusSend.NotNow($"{_options.MostPendingSends} sends are waiting already", BusRules.BusyWait);
        }
        finally
        {
            Interlocked.Decrement(ref _pendingSends);
        }
    }

    /// <param name="credit">
    /// How many deliveries may be in the caller's hands at one time, 1 to 1,000; the next one comes only when one of them was settled.
    /// </param>
    public BusReceiver OpenReceiver(string queue, int credit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(credit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(credit, 1000);
        return new BusReceiver(this, queue, credit);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (Loop() is { } loop)
        {
            await loop;
        }
    }

    /// <summary>Whether there is a connection, or was one within this time.</summary>
    /// <exception cref="OperationCanceledException">The caller's token, nothing else.</exception>
    public async Task<bool> TryConnectAsync(TimeSpan within, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(within, _time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation, _end.Token);
        try
        {
            await SessionAsync(any.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Waits for the connection, for as long as it takes.</summary>
    internal Task<BusSession> SessionAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            _loop ??= _end.IsCancellationRequested ? null : Task.Run(RunAsync, CancellationToken.None);
            if (!_session.Task.IsCompleted)
            {
                _wanted.TrySetResult();
            }

            return _session.Task.WaitAsync(cancellation);
        }
    }

    private string Subject => $"the bus at {_address.Host}:{_address.Port}";

    private static TaskCompletionSource<BusSession> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task? Loop()
    {
        lock (_lock)
        {
            return _loop;
        }
    }

    private async Task<BusSend> SendWithinDeadlineAsync(string queue, BusMessage message, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(_options.SendDeadline, _time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation, _end.Token);
        try
        {
            var session = SessionAsync(any.Token);
            await Task.WhenAny(session, Unauthorized());
            return session.IsCompleted || !Unauthorized().IsCompleted
                ? await (await session).SendAsync(queue, message, any.Token)
                : (await Unauthorized()).AsSend;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return NoAnswer();
        }
    }

    private BusSend.NotNow NoAnswer() => State switch
    {
        _ when _end.IsCancellationRequested => new BusSend.NotNow("the connection is being closed", TimeSpan.Zero),
        BusState.Disconnected { LastError: { } error } => new BusSend.NotNow($"not connected: {error}", TimeSpan.Zero),
        _ => new BusSend.NotNow($"no answer within {_options.SendDeadline.TotalSeconds:0.#} s", TimeSpan.Zero),
    };

    private Task<BusFault> Unauthorized()
    {
        lock (_lock)
        {
            return _unauthorized.Task;
        }
    }

    private async Task RunAsync()
    {
        var backOff = new BusBackOff(_options);
        while (!_end.IsCancellationRequested)
        {
            try
            {
                // Service Bus ends a connection that nobody uses. Made again at once it would be ended again, since no token is shown for nothing.
                await Wanted().WaitAsync(_end.Token);
                var begun = _time.GetTimestamp();
                var fault = await LiveAsync();
                Retract(fault);
                var least = fault is null ? TimeSpan.Zero : BusRules.ReactionTo(fault.Condition).NotBefore;
                var own = backOff.Next(_time.GetElapsedTime(begun));
                await Task.Delay(own > least ? own : least, _time, _end.Token);
            }
            catch (OperationCanceledException)
            {
                // The loop's condition ends it.
            }
        }
    }

    private Task Wanted()
    {
        lock (_lock)
        {
            return _wanted.Task;
        }
    }

    // One life: from the attempt to connect to its failure, or to the end of what it gave.
    private async Task<BusFault?> LiveAsync()
    {
        var connect = await new BusConnector(_address, _options, Standing, _time).ConnectAsync(_end.Token);
        if (connect is not BusConnect.Opened { Session: var session })
        {
            return connect is BusConnect.Failed failed ? failed.Fault : null;
        }

        using (session)
        {
            Publish(session);
            try
            {
                return await session.Ended.WaitAsync(_end.Token);
            }
            catch (OperationCanceledException)
            {
                await session.CloseAsync();
                return null;
            }
        }
    }

    private void Publish(BusSession session)
    {
        var state = new BusState.Connected(_time.GetUtcNow());
        lock (_lock)
        {
            _state = state;
            _unauthorized = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _session.TrySetResult(session);
        }

        Standing.Works(Subject);
        StateChanged?.Invoke(state);
    }

    private void Retract(BusFault? fault)
    {
        BusState before, state;
        lock (_lock)
        {
            before = _state;
            var since = before is BusState.Disconnected disconnected ? disconnected.Since : _time.GetUtcNow();
            state = _state = new BusState.Disconnected(since, _end.IsCancellationRequested ? null : fault?.ToString());
            if (_session.Task.IsCompleted)
            {
                _session = NewSource();
            }
            else if (fault is { Condition: BusRules.Unauthorized })
            {
                // The login itself. A right that ended while it was used is had again with the next connection.
                _unauthorized.TrySetResult(fault);
            }
        }

        if (fault is not null && !_end.IsCancellationRequested)
        {
            Standing.Heard(fault);
            Standing.Fails(Subject, fault);
        }

        if (state != before)
        {
            StateChanged?.Invoke(state);
        }
    }
}
