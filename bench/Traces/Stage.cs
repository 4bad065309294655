using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.Bench.Traces;

/// <summary>What scenarios share, and the recording of one of them.</summary>
internal sealed class Stage(Chain chain) : IAsyncDisposable
{
    private readonly List<TraceLine> _lines = [];
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _running = [];
    private readonly List<IDisposable> _held = [];
    private bool _ended;
    private long _begun;

    public Chain Chain { get; } = chain;

    public IReadOnlyList<TraceLine> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines.OrderBy(l => l.T)];
            }
        }
    }

    /// <summary>Begins to record a wallet, until what it returns is disposed.</summary>
    /// <param name="wallet">It runs.</param>
    /// <param name="daemonPort">What it connects to.</param>
    public IAsyncDisposable Record(TracedWallet wallet, int daemonPort)
    {
        _begun = TimeProvider.System.GetTimestamp();
        var sampler = new RawSampler(wallet, daemonPort);
        var looker = new AgentLooker(wallet, daemonPort);
        _held.AddRange([sampler, looker]);
        _running.Add(sampler.RunAsync(Now, Add, _end.Token));
        _running.Add(DeafProbe.RunAsync(wallet.Port, Now, Add, _end.Token));
        _running.Add(looker.RunAsync(Now, Add, _end.Token));
        return this;
    }

    public void Mark(string what) => Add(new TraceLine { T = Now(), Mark = what });

    public static Task ForAsync(double seconds, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, cancellation);

    /// <summary>Until something is so, or the time is over; which of them it was.</summary>
    public static async Task<bool> UntilAsync(Func<Task<bool>> isSo, double limit, CancellationToken cancellation)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(begun).TotalSeconds > limit)
            {
                return false;
            }

            await ForAsync(1, cancellation);
        }

        return true;
    }

    /// <summary>Ends the recording.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        await _end.CancelAsync();
        foreach (var task in _running)
        {
            try
            {
                await task;
            }
            catch (OperationCanceledException)
            {
                // It was told to end.
            }
        }

        _held.ForEach(h => h.Dispose());
        _end.Dispose();
    }

    private long Now() => (long)TimeProvider.System.GetElapsedTime(_begun).TotalMilliseconds;

    private void Add(TraceLine line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }

        if (line.Mark is { } mark)
        {
            Console.Error.WriteLine($"  {line.T / 1000.0:0.0} s: {mark}");
        }
        else if (line.Look is { Condition: not nameof(Condition.Healthy) } look)
        {
            Console.Error.WriteLine($"  {line.T / 1000.0:0.0} s: {look}");
        }
    }
}
