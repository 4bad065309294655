using System.Globalization;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Bench.Seeder;

/// <summary>What is kept of a node's past.</summary>
internal static class SeededPast
{
    private const int ChecksAnHour = 60;

    private const double StartSeconds = 3.3;

    /// <param name="downSince">Null for one that is up since its last restart.</param>
    public static IEnumerable<RowChange> Of(NodeId id, int days, int hourlyDays, DateTimeOffset now, DateTimeOffset? downSince) =>
        Restarts(id, days, now).Concat(downSince is { } at ? [Down(id, days, at)] : []).Concat(Hours(id, Math.Min(days, hourlyDays), now)).Concat(Days(id, days, now));

    /// <summary>Since when one is up, whose history is of at least two days.</summary>
    public static DateTimeOffset UpSince(NodeId id, DateTimeOffset now) => RestartedAt(id, 1, now).AddSeconds(StartSeconds);

    private static DateTimeOffset RestartedAt(NodeId id, int day, DateTimeOffset now) => now.AddDays(-day).AddMinutes(id.ToString().Sum(c => c) % 600);

    private static IEnumerable<RowChange> Restarts(NodeId id, int days, DateTimeOffset now)
    {
        var pid = 4_000;
        var number = 1;
        for (var day = days - 1; day > 0; day--)
        {
            var at = RestartedAt(id, day, now);
            yield return Entry(id, number++, at, new NodeFact.Exited(pid, null, 9, ExitCause.Unknown, false), Change(HealthState.Up, Condition.Healthy, HealthState.Down, Condition.Exited, at, "the process exited (signal 9) and is being started again"));
            yield return Entry(id, number++, at.AddMilliseconds(6), new NodeFact.Spawned(++pid), Change(HealthState.Down, Condition.Exited, HealthState.Unknown, Condition.Starting, at.AddMilliseconds(6), "started 0 s ago and has not answered yet; 30 s without progress are allowed, 10 min in all"));
            yield return Entry(id, number++, at.AddSeconds(1.3), new NodeFact.Answered(65_561, 1_294), null);
            yield return Entry(id, number++, at.AddSeconds(StartSeconds), null, Change(HealthState.Unknown, Condition.Starting, HealthState.Up, Condition.Healthy, at.AddSeconds(StartSeconds), "version 1.25 answered in 0.97 ms; the wallet is open at height 3212345"));
        }
    }

    private static RowChange.Put Down(NodeId id, int days, DateTimeOffset at) =>
        Entry(id, 4 * days, at, null, Change(HealthState.Up, Condition.Healthy, HealthState.Down, Condition.PortTaken, at, "port 18082 is held by nginx (pid 77)"));

    private static RowChange.Put Entry(NodeId id, int number, DateTimeOffset at, NodeFact? fact, Transition? transition)
    {
        var entry = new HistoryEntry { At = at, Place = string.Create(CultureInfo.InvariantCulture, $"1.{number}"), Fact = fact, Transition = transition };
        return new RowChange.Put(new Row { Key = Keys.History(id.ToString(), entry), Doc = JsonSerializer.Serialize(entry, CoreJson.Default.HistoryEntry) });
    }

    private static Transition Change(HealthState from, Condition fromCondition, HealthState to, Condition toCondition, DateTimeOffset at, string text) =>
        new(from, to, fromCondition, toCondition, at, text);

    private static IEnumerable<RowChange> Hours(NodeId id, int days, DateTimeOffset now) =>
        RollupRows.Hours(id, Enumerable.Range(1, days * 24).Select(back => Bucket(RollupSpan.Hour, now.AddHours(-back), 3_600_000, ChecksAnHour, (days * 24) - back)));

    private static IEnumerable<RowChange> Days(NodeId id, int days, DateTimeOffset now) =>
        Enumerable.Range(1, days).Select(back => RollupRows.Day(id, Bucket(RollupSpan.Day, now.AddDays(-back), 86_400_000, ChecksAnHour * 24, 24 * (days - back))));

    /// <param name="number">Of all hours that were begun, the day's first.</param>
    private static RollupBucket Bucket(RollupSpan span, DateTimeOffset within, long milliseconds, int checks, int number)
    {
        var start = span.StartOf(within);
        return new RollupBucket
        {
            Start = start.ToUnixTimeSeconds(),
            Began = start.ToUnixTimeMilliseconds(),
            Number = number,
            Checks = new CheckTally { Up = checks - 1, Down = 1, LatencyUs = checks * 1_100L, Latencies = [checks / 2, checks / 4, checks / 8, 3, 1, 1] },
            MinUs = 640,
            MaxUs = 48_211,
            UpMs = milliseconds - 3_300,
            DownMs = 6,
        };
    }
}
