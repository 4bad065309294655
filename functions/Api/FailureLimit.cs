using System.Net;

namespace MoneroCloud.Functions;

/// <summary>
/// How often somebody may come without a valid key: 10 times at once and 10 a minute from one address, 120 from all. A valid key is never
/// held up by it. What it keeps is bounded, however many addresses come.
/// </summary>
internal sealed class FailureLimit(TimeProvider time)
{
    private const int MostAddresses = 4_096;

    private static readonly TimeSpan AddressEvery = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan AddressBurst = 10 * AddressEvery;
    private static readonly TimeSpan AllEvery = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan AllBurst = 120 * AllEvery;

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>For each address the time at which all its failures will be forgotten.</summary>
    private readonly Dictionary<IPAddress, TimeSpan> _until = [];

    private TimeSpan _allUntil;

    /// <summary>Counts a failure. Null: it may be answered as what it is. Else it was one too many, and this is how long to wait.</summary>
    public TimeSpan? Count(IPAddress address)
    {
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start);
            Forget_NeedsLock(now);
            var until = Later(_until.GetValueOrDefault(address), now) + AddressEvery;
            var all = Later(_allUntil, now) + AllEvery;
            if (Later(until - AddressBurst, all - AllBurst) is var free && free > now)
            {
                return free - now;
            }

            _allUntil = all;
            if (_until.Count < MostAddresses || _until.ContainsKey(address))
            {
                _until[address] = until;
            }

            return null;
        }
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Forget_NeedsLock(TimeSpan now)
    {
        if (_until.Count < MostAddresses)
        {
            return;
        }

        foreach (var address in _until.Where(u => u.Value <= now).Select(u => u.Key).ToList())
        {
            _until.Remove(address);
        }
    }
}
