using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>
/// The published standalone monitor with all it does: its timer, 16 messages over its own broker, the probes, diagnosis, the rows in SQLite.
/// A tick begins with the second of its schedule and ends with the time that stands in the last of the 16 shards' summaries.
/// </summary>
internal sealed class WholeMonitor(RunFolder folder, string name, string program, FreePorts ports, StubFleet stubs, TimeSpan period) : ITicker
{
    private const int Shards = 16;

    private static readonly TimeSpan Before = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly StandaloneMonitor monitor = new(folder.New(name), program, ports);
    private StateReader? state;
    private DateTimeOffset slot;

    public string Name => "monerocloud, whole";

    public IReadOnlyList<int> Pids => [monitor.Pid];

    public Task<string> VersionAsync(CancellationToken cancellation) => Task.FromResult("this commit");

    public async Task StartAsync(CancellationToken cancellation)
    {
        var schedule = period < TimeSpan.FromMinutes(1)
            ? string.Create(CultureInfo.InvariantCulture, $"*/{period.TotalSeconds:0} * * * * *")
            : string.Create(CultureInfo.InvariantCulture, $"0 */{period.TotalMinutes:0} * * * *");
        await monitor.StartAsync(new JsonObject { ["nodes"] = stubs.AsNodes() }, new Dictionary<string, string> { ["PROBE_SCHEDULE"] = schedule }, cancellation);
        state = new StateReader(monitor.StateFile);

        // It ticks at once when it starts: that one makes all the rows.
        await EndAsync(DateTimeOffset.MinValue, Patience, cancellation);
    }

    public async Task WaitForTurnAsync(CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow() + Before;
        slot = new DateTimeOffset(now.Ticks - (now.Ticks % period.Ticks), TimeSpan.Zero) + period;
        await Task.Delay(slot - Before - TimeProvider.System.GetUtcNow(), TimeProvider.System, cancellation);
    }

    public async Task<TickEnd> TickAsync(CancellationToken cancellation)
    {
        var ended = await EndAsync(slot, Patience, cancellation);
        var working = await state!.ValueAsync("(SELECT count(*) FROM MoneroState WHERE Key LIKE 'n|%' AND Worked = 1)", cancellation);
        return new TickEnd(int.Parse(working, CultureInfo.InvariantCulture), (ended - slot).TotalMilliseconds);
    }

    public async ValueTask DisposeAsync()
    {
        await (state?.DisposeAsync() ?? ValueTask.CompletedTask);
        await monitor.DisposeAsync();
    }

    /// <summary>The end of the first tick after a moment.</summary>
    private async Task<DateTimeOffset> EndAsync(DateTimeOffset after, TimeSpan patience, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < patience)
        {
            await Task.Delay(Look, TimeProvider.System, cancellation);
            var ends = await EndsAsync(cancellation);
            if (ends.Length == Shards && ends.All(e => e >= after))
            {
                return ends.Max();
            }
        }

        throw new BenchException($"the monitor did not end a tick within {patience.TotalSeconds:0} s");
    }

    private async Task<DateTimeOffset[]> EndsAsync(CancellationToken cancellation)
    {
        var rows = await state!.ValueAsync("(SELECT json_group_array(Doc ->> '$.ticked_at') FROM MoneroState WHERE Key = 's|summary')", cancellation);
        using var times = JsonDocument.Parse(rows);
        return [.. times.RootElement.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetDateTimeOffset())];
    }
}
