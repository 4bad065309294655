using MoneroCloud.Agent;
using MoneroCloud.Testing;

namespace MoneroCloud.Bench.Traces;

/// <summary>Writes down what the host shows of a wallet, every half second, whether it changed or not what any check would make of it.</summary>
internal sealed class RawSampler(TracedWallet wallet, int daemonPort) : IDisposable
{
    public const int Period = 500;

    // tcp_info counts in the kernel's ticks: the same moment comes out some milliseconds apart.
    private const long SameMoment = 40;

    private readonly SockDiag _diag = new();
    private readonly List<Listener> _listeners = [];
    private readonly List<Connection> _connections = [];
    private TraceSample? _last;

    public async Task RunAsync(Func<long> now, Action<TraceLine> add, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Period), TimeProvider.System);
        do
        {
            var at = now();
            if (Take(at) is { } sample && (_last is null || !sample.SameAs(_last)))
            {
                _last = sample;
                add(new TraceLine { T = at, Sample = sample });
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    public void Dispose() => _diag.Dispose();

    private TraceSample? Take(long now)
    {
        if (ProcessReader.Stat(wallet.Pid) is not ProcRead<ProcStat>.Got(var stat))
        {
            return null;
        }

        return new TraceSample
        {
            Run = $"{stat.State}",
            Wait = WaitChannels.MostTelling(wallet.Pid),
            Cpu = (long)stat.CpuUsed.TotalMilliseconds,
            Queue = _diag.TryListeners(_listeners, out _, wallet.Port) && _listeners.Count > 0 ? _listeners[0].AcceptQueue : null,
            Log = LogTail.LengthOf(wallet.Log),
            Links = Links(now),
        };
    }

    private List<TraceLink>? Links(long now)
    {
        if (!_diag.TryConnections(_connections, out _, daemonPort) || SocketOwners.HeldBy(wallet.Pid) is not { } held)
        {
            return null;
        }

        var links = new List<TraceLink>();
        foreach (var connection in _connections.Where(c => held.Contains(c.Inode)).OrderBy(c => c.Inode))
        {
            var before = _last?.Links?.ElementAtOrDefault(links.Count);
            links.Add(new TraceLink(
                Moment(now, connection.SinceSent, before?.Sent),
                Moment(now, connection.SinceReceived, before?.Received),
                connection.Acknowledged,
                connection.Received)
            {
                Connecting = connection.Opening,
            });
        }

        return links.Count == 0 ? null : links;
    }

    private static long Moment(long now, TimeSpan ago, long? before)
    {
        var at = now - (long)ago.TotalMilliseconds;
        return before is { } known && Math.Abs(known - at) <= SameMoment ? known : at;
    }
}
