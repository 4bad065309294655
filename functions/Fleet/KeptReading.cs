namespace MoneroCloud.Functions;

/// <summary>
/// Something of the storage in memory, for what many ask for again and again. Read by one reader at a time however many ask, and at most a tenth of the
/// time; while the next is read, the last one is served for as long as it is not too old.
/// </summary>
/// <param name="read">Given up by the token after <see cref="ReadFor"/>.</param>
/// <param name="failed">Told why nothing could be read.</param>
internal sealed class KeptReading<T>(TimeProvider time, Func<CancellationToken, Task<T>> read, Action<string> failed)
    where T : class
{
    /// <summary>What was read is served for so long without a thought; ten times as long as it took to read where that is longer.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(3);

    /// <summary>The longest of it, and for how much longer it is served while the next is read.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private const int Share = 10;
    private static readonly TimeSpan ReadFor = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Task<T>? _reading;
    private T? _last;
    private long _begunAt;
    private TimeSpan _keptFor = KeptFor;

    /// <summary>Rises with each <see cref="Forget"/>: what was begun before is not kept.</summary>
    private int _generation;

    /// <summary>What was read last, however old it is; null where nothing was, or it is forgotten. Nothing is read for this.</summary>
    public T? Last
    {
        get
        {
            lock (_lock)
            {
                return _last;
            }
        }
    }

    /// <param name="oldest">Who does not want an old one while the next is read waits for that; null: as old as it is served at all.</param>
    /// <exception cref="StorageUnavailableException">The storage is away, and what was read before is too old.</exception>
    public Task<T> GetAsync(TimeSpan? oldest = null)
    {
        lock (_lock)
        {
            var age = _last is null ? TimeSpan.MaxValue : time.GetElapsedTime(_begunAt);
            if (age < _keptFor)
            {
                return Task.FromResult(_last!);
            }

            if (_reading is null)
            {
                var generation = _generation;
                _reading = Task.Run(() => ReadAsync(generation));
            }

            return age < (oldest ?? _keptFor + Longest) ? Task.FromResult(_last!) : _reading;
        }
    }

    /// <summary>Whoever asks next waits for a new one: somebody has just changed something and wants to see it.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            // What is being read now may have passed it already.
            (_last, _reading, _generation) = (null, null, _generation + 1);
        }
    }

    private async Task<T> ReadAsync(int generation)
    {
        var begun = time.GetTimestamp();
        using var limit = new CancellationTokenSource(ReadFor, time);
        try
        {
            var value = await read(limit.Token);
            Keep(generation, value, begun);
            return value;
        }
        catch (Exception e) when (e is StorageUnavailableException or OperationCanceledException)
        {
            var why = e is StorageUnavailableException ? e.Message : $"no answer within {ReadFor.TotalSeconds} s";
            failed(why);
            throw e as StorageUnavailableException ?? new StorageUnavailableException($"it could not be read: {why}");
        }
        finally
        {
            End(generation);
        }
    }

    private void Keep(int generation, T value, long begun)
    {
        lock (_lock)
        {
            if (generation == _generation)
            {
                var share = time.GetElapsedTime(begun) * Share;
                (_last, _begunAt, _keptFor) = (value, begun, share < KeptFor ? KeptFor : share < Longest ? share : Longest);
            }
        }
    }

    private void End(int generation)
    {
        lock (_lock)
        {
            if (generation == _generation)
            {
                _reading = null;
            }
        }
    }
}
