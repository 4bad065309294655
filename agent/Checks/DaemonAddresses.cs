using System.Collections.Concurrent;

namespace MoneroCloud.Agent;

/// <summary>
/// Asks the daemons of which only an address is known: <c>get_info</c>, without a login, on a connection that is closed again. Beside the
/// checks, so that none waits for it: the check after it knows. All wallets of an address share its answer. It is asked at most once per
/// fast period while one of them is silent, and twice a minute for its height else.
/// </summary>
internal sealed class DaemonAddresses : IAsyncDisposable
{
    /// <summary>A block comes every two minutes.</summary>
    private static readonly TimeSpan HeightPeriod = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<DaemonReference, AskedDaemon> _asked = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationToken _left;
    private readonly AgentClock _clock;
    private readonly Action<Exception> _onBug;

    public DaemonAddresses(AgentClock clock, Action<Exception> onBug)
    {
        (_clock, _onBug) = (clock, onBug);
        _left = _leaving.Token;
    }

    /// <summary>What it said last; nothing when that is older than the limit, or it was not asked yet.</summary>
    public DaemonWord Of(DaemonReference daemon, TimeSpan limit) =>
        _asked.TryGetValue(daemon, out var asked) && asked.Answered is { } answer && _clock.Now - answer.At <= limit ? answer.Word : DaemonWord.None;

    /// <param name="daemon">An address; not a node of this agent.</param>
    /// <param name="urgent">A wallet that uses it is silent.</param>
    /// <param name="policy">Of the present configuration.</param>
    public void Want(DaemonReference daemon, bool urgent, CheckPolicy policy) => _asked
        .GetOrAdd(daemon, d => new AskedDaemon(d, _clock, _onBug))
        .Want(urgent || policy.FastPeriod > HeightPeriod ? policy.FastPeriod : HeightPeriod, policy.RpcDeadline, _left);

    /// <summary>Completes when it is not being asked.</summary>
    public Task AskedAsync(DaemonReference daemon) => _asked.TryGetValue(daemon, out var asked) ? asked.Asking : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await Task.WhenAll(_asked.Values.Select(a => a.Asking));
        _leaving.Dispose();
    }
}
