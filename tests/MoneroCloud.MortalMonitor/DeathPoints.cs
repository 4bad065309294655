using System.Diagnostics;

namespace MoneroCloud.MortalMonitor;

/// <summary>
/// Numbers the points at which a death leaves something behind: before and after each write, each message, each alert and each settlement.
/// A point is called <c>PLACE before N</c> or <c>PLACE after N</c>, where N counts the times that this process has come by.
/// </summary>
internal sealed class DeathPoints : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _passed = [];
    private readonly string? _at;
    private readonly StreamWriter? _points;

    /// <param name="at">Where it dies; null: nowhere.</param>
    /// <param name="file">Where the points are written to; null: nowhere.</param>
    public DeathPoints(string? at, string? file)
    {
        _at = at;
        _points = file is null ? null : new StreamWriter(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
    }

    public async Task<T> RoundAsync<T>(string place, Func<Task<T>> work)
    {
        Pass($"{place} before");
        var result = await work();
        Pass($"{place} after");
        return result;
    }

    public void Pass(string place)
    {
        lock (_lock)
        {
            var number = _passed[place] = _passed.GetValueOrDefault(place) + 1;
            var point = $"{place} {number}";
            _points?.WriteLine(point);
            if (point == _at)
            {
                // SIGKILL: nothing of this process runs any more, neither a handler nor what comes after this line.
                using var self = Process.GetCurrentProcess();
                self.Kill();
            }
        }
    }

    public void Dispose() => _points?.Dispose();
}
