namespace MoneroCloud.Tests;

/// <summary>Numbers the calls that one process of the monitor makes to the outside, and ends the process at one of them.</summary>
internal sealed class KillSwitch(KillPoint? point)
{
    private readonly Lock _lock = new();
    private readonly List<(string Call, bool Changes)> _calls = [];
    private readonly Dictionary<string, int> _kinds = [];

    public bool HasKilled { get; private set; }

    /// <summary>All calls in their order, and whether each changes something outside.</summary>
    public IReadOnlyList<(string Call, bool Changes)> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public async Task<T> ChangeAsync<T>(string what, Func<Task<T>> call)
    {
        var ends = Begin(what, changes: true);
        var result = await call();
        return ends ? throw Killed(what) : result;
    }

    /// <summary>A call that changes nothing: before or after it is the same.</summary>
    public void Look(string what) => Begin(what, changes: false);

    private bool Begin(string what, bool changes)
    {
        lock (_lock)
        {
            if (HasKilled)
            {
                throw new KilledException(what);
            }

            var call = $"{what} #{_kinds[what] = _kinds.GetValueOrDefault(what) + 1}";
            _calls.Add((call, changes));
            if (call != point?.Call)
            {
                return false;
            }

            return point.Afterwards ? true : throw Killed(what);
        }
    }

    private KilledException Killed(string what)
    {
        lock (_lock)
        {
            HasKilled = true;
        }

        return new KilledException(what);
    }
}
