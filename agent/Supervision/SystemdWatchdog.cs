using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Tells systemd's watchdog (WatchdogSec= of the unit) that the agent works, each time the loop of every node has taken a turn. An agent of which
/// one does not is ended by systemd and started again; its processes stay, and the next agent adopts them.
/// </summary>
internal sealed class SystemdWatchdog : IAsyncDisposable
{
    /// <summary>Asked so often within the limit: one late answer is not the end.</summary>
    private const int TimesWithinTheLimit = 3;

    private const long MostMicroseconds = 24L * 60 * 60 * 1_000_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _period;
    private readonly TimeProvider _time;
    private readonly Func<IReadOnlyCollection<(NodeName Node, Task Taken)>> _turns;
    private readonly Action _works;
    private readonly Action<string> _tell;
    private readonly Task _running;

    /// <param name="limit">After so long without a word systemd ends the agent; null: nobody listens, and nothing is done.</param>
    /// <param name="time">The clock.</param>
    /// <param name="turns">Asks every node's loop for a turn.</param>
    /// <param name="works">All of them have taken it.</param>
    /// <param name="tell">Takes a line about those that have not.</param>
    public SystemdWatchdog(TimeSpan? limit, TimeProvider time, Func<IReadOnlyCollection<(NodeName Node, Task Taken)>> turns, Action works, Action<string> tell)
    {
        (_period, _time, _turns, _works, _tell) = ((limit ?? TimeSpan.Zero) / TimesWithinTheLimit, time, turns, works, tell);
        _running = limit is null ? Task.CompletedTask : RunAsync();
    }

    /// <summary>The limit that systemd set for this process: null when it set none, or set it for another.</summary>
    /// <param name="microseconds"><c>WATCHDOG_USEC</c>.</param>
    /// <param name="pid"><c>WATCHDOG_PID</c>; null or empty means whoever reads it.</param>
    /// <param name="own">This process.</param>
    public static TimeSpan? LimitOf(string? microseconds, string? pid, int own)
    {
        var isMeant = string.IsNullOrEmpty(pid) || pid == own.ToString(CultureInfo.InvariantCulture);
        return isMeant && long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? TimeSpan.FromMicroseconds(Math.Min(limit, MostMicroseconds))
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                if (await AskAsync())
                {
                    await Task.Delay(_period, _time, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Leaving.
        }
    }

    /// <returns>Whether all loops took their turn; if not, a period has gone by.</returns>
    private async Task<bool> AskAsync()
    {
        var turns = _turns();
        await Task.WhenAny(Task.WhenAll(turns.Select(t => t.Taken)), Task.Delay(_period, _time, _stop.Token));
        var late = turns.Where(t => !t.Taken.IsCompleted).Select(t => t.Node).ToArray();
        if (late.Length == 0)
        {
            _works();
        }
        else if (!_stop.IsCancellationRequested)
        {
            _tell($"no turn within {_period.TotalSeconds:0.#} s by the loop of {string.Join(", ", late)}; systemd is not told that the agent works");
        }

        return late.Length == 0;
    }
}
