using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The one owner of all queues. It takes what has come, changes queues and store in one transaction, commits, and only then answers and
/// delivers; so nothing is accepted that is not stored, and many messages share one commit.
/// </summary>
internal sealed partial class BrokerLoop(BrokerStore store, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int MostTogether = 512;
    private const int MostBacklog = 4096;
    private const long MostCachedBytes = 16 << 20;

    private readonly Channel<BrokerEvent> _events = Channel.CreateUnbounded<BrokerEvent>();
    private readonly ConcurrentDictionary<string, QueueSettings> _declared = new(StringComparer.Ordinal);
    private readonly List<BrokerEvent> _batch = [];
    private QueueRoom _room = new(store, new PayloadCache(MostCachedBytes), time);
    private TaskCompletionSource _worked = NewSource();
    private Task _running = Task.CompletedTask;
    private ITimer? _ticks;

    /// <summary>Called when the store failed and all connections have to come again.</summary>
    public Action CutAll { get; set; } = static () => { };

    /// <summary>Called each second.</summary>
    public Action<DateTimeOffset> Ticked { get; set; } = static _ => { };

    public void Start()
    {
        _room.Load();
        _ticks = time.CreateTimer(_ => Post(new BrokerEvent.Tick()), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _running = Task.Run(RunAsync);
    }

    public void Post(BrokerEvent happened) => _events.Writer.TryWrite(happened);

    /// <summary>Waits while more has come than the loop has done; what reads from a connection asks here first.</summary>
    public async ValueTask RoomAsync()
    {
        while (_events.Reader.Count > MostBacklog && !_running.IsCompleted)
        {
            await Task.WhenAny(Volatile.Read(ref _worked).Task, _running);
        }
    }

    public bool IsDeclared(string queue) => _declared.ContainsKey(queue);

    /// <summary>Completes when the queue is there, with what it held before.</summary>
    public Task DeclareAsync(string queue, QueueSettings settings)
    {
        var done = NewSource();
        Post(new BrokerEvent.Declared(queue, settings, done));
        return done.Task;
    }

    /// <summary>How full the queues are, when the loop comes to it.</summary>
    public Task<ImmutableArray<QueueDepth>> DepthsAsync()
    {
        var done = new TaskCompletionSource<ImmutableArray<QueueDepth>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new BrokerEvent.Counted(done));
        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _ticks?.Dispose();
        _events.Writer.TryComplete();
        await _running;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync()
    {
        while (await _events.Reader.WaitToReadAsync())
        {
            _batch.Clear();
            while (_batch.Count < MostTogether && _events.Reader.TryRead(out var happened))
            {
                _batch.Add(happened);
            }

            Work();
            Interlocked.Exchange(ref _worked, NewSource()).TrySetResult();
        }
    }

    private void Work()
    {
        List<Action> answers = [];
        try
        {
            store.Begin();
            foreach (var happened in _batch)
            {
                Apply(happened, answers);
            }

            _room.Dispatch(answers);
            store.Commit();
        }
        catch (Exception exception)
        {
            // The outermost place: a full disk as well as a bug ends here, and the loop goes on from what is stored.
            Log.Failed(logger, _batch.Count, exception);
            Restart();
            return;
        }

        answers.ForEach(Say);
    }

    private void Apply(BrokerEvent happened, List<Action> answers)
    {
        switch (happened)
        {
            case BrokerEvent.Declared declared:
                _room.Declare(declared.Queue, declared.Settings);
                answers.Add(() => Declared(declared));
                break;
            case BrokerEvent.Counted counted:
                var depths = _room.Depths();
                answers.Add(() => counted.Done.TrySetResult(depths));
                break;
            case BrokerEvent.Tick:
                _room.Sweep();
                answers.Add(() => Ticked(time.GetUtcNow()));
                break;
            default:
                _room.Apply(happened, answers);
                break;
        }
    }

    private void Declared(BrokerEvent.Declared declared)
    {
        _declared[declared.Queue] = declared.Settings;
        _declared[Names.DeadLetterQueue(declared.Queue)] = declared.Settings;
        declared.Done.TrySetResult();
    }

    // What is in memory may be ahead of the store: it is thrown away, as if the broker had been killed and started again.
    private void Restart()
    {
        store.Rollback();
        foreach (var happened in _batch)
        {
            switch (happened)
            {
                case BrokerEvent.Arrived arrived:
                    Say(() => arrived.Answer(new QueueRefusal(BusRules.InternalError, "the broker could not store it")));
                    break;
                case BrokerEvent.Declared declared:
                    declared.Done.TrySetException(new IOException($"the broker could not store the queue {declared.Queue}"));
                    break;
                case BrokerEvent.Counted counted:
                    counted.Done.TrySetException(new IOException("the broker's store failed"));
                    break;
            }
        }

        CutAll();
        try
        {
            _room = new QueueRoom(store, new PayloadCache(MostCachedBytes), time);
            _room.Load();
            store.Begin();
            foreach (var (queue, settings) in _declared.Where(pair => !pair.Key.EndsWith(Names.DeadLetterSuffix, StringComparison.Ordinal)))
            {
                _room.Declare(queue, settings);
            }

            store.Commit();
        }
        catch (SqliteException exception)
        {
            Log.Failed(logger, 0, exception);
            store.Rollback();
        }
    }

    private void Say(Action answer)
    {
        try
        {
            answer();
        }
        catch (Exception exception) when (BusFault.IsOne(exception))
        {
            // The peer is gone; the end of its link comes as an event.
            Log.NotSaid(logger, exception.Message);
        }
        catch (Exception exception)
        {
            // A message that cannot be encoded for its receiver: its lock expires, and it ends among the dead letters.
            Log.NotSent(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The bus's store failed on {Count} events; all connections are cut and it goes on from what is stored")]
        public static partial void Failed(ILogger logger, int count, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "The bus failed to answer or deliver")]
        public static partial void NotSent(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Debug, Message = "The bus could not answer: {Why}")]
        public static partial void NotSaid(ILogger logger, string why);
    }
}
