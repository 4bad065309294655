using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>The figures of the crowd bench.</summary>
internal sealed class CrowdReport(CrowdOptions options, Stand stand, IReadOnlyList<double> starts, IReadOnlyList<IdleSample> idle, IReadOnlyList<CrowdRound> rounds)
{
    private const string Method = """
        One agent with its defaults, not enrolled. Until all are ready: from just before the agent is started to each child's first answer to get_version, asked by the
        bench every 0.1 s. Idle: the agent alone, as in the bench `idle`. All at once: the children are killed one behind the other without a pause, each
        through a pidfd; from each child's own SIGKILL to the look that saw its replacement after exec (as in the bench `restart`), and from the first SIGKILL to
        each child's answer. A start costs a real wallet one second of CPU, so that the machine's cores bound the answers.
        """;

    public BenchResult Make(double busyPercent)
    {
        var table = new MarkdownTable("crowd", "n", "p50", "p95", "p99", "max");
        Row(table, "started: until it answers, s", starts);
        var rss = idle.Select(s => s.RssKibibytes / 1024.0).ToArray();
        Row(table, "idle: RSS of the agent, MiB", rss);
        Row(table, "idle: PSS of the agent, MiB", idle.Select(s => s.PssKibibytes / 1024.0));
        var (ticks, seconds) = (idle[^1].CpuTicks - idle[0].CpuTicks, idle[^1].Seconds - idle[0].Seconds);
        table.Row(Text($"idle: CPU of the agent over {seconds:0} s"), Text($"{idle.Count}"), Text($"{ticks} ticks = {ticks / seconds:0.00} % of a core"), "", "", "");
        Row(table, "all killed at once: to the replacement, ms", rounds.SelectMany(r => r.Kills).Select(k => k.SeenMilliseconds ?? double.PositiveInfinity));
        Row(table, "all killed at once: to its answer, s", rounds.SelectMany(r => r.AnswerSeconds));
        table.Row("all killed at once: CPU of the agent until all answer, ticks", Text($"{rounds.Count}"), Text($"{string.Join(", ", rounds.Select(r => r.CpuTicks))}"), "", "", "");
        return new BenchResult
        {
            Name = "crowd",
            Method = Method,
            MachineBusyPercent = busyPercent,
            Versions = new Dictionary<string, string> { [stand.Name] = stand.Version },
            Settings = new Dictionary<string, string>
            {
                ["children"] = Text($"{options.Children} ({options.Kind})"),
                ["rounds of kills"] = Text($"{options.Rounds}"),
                ["settled"] = Text($"{options.Settle.TotalSeconds:0} s"),
            },
            RawText = Raw(),
            Samples = new JsonObject
            {
                ["starts"] = JsonSerializer.SerializeToNode(starts.Where(double.IsFinite).ToArray(), BenchJson.Default.DoubleArray),
                ["idle"] = JsonSerializer.SerializeToNode(idle, BenchJson.Default.IReadOnlyListIdleSample),
                ["rounds"] = new JsonArray([.. rounds.Select(r => (JsonNode?)new JsonObject
                {
                    ["kills"] = JsonSerializer.SerializeToNode(r.Kills, BenchJson.Default.IReadOnlyListKillSample),
                    ["answers"] = JsonSerializer.SerializeToNode(r.AnswerSeconds.Where(double.IsFinite).ToArray(), BenchJson.Default.DoubleArray),
                })]),
            },
            Table = table.ToString(),
            Faults = [.. Faults()],
        };
    }

    private IEnumerable<string> Faults()
    {
        if (rounds.Any(r => r.Kills.Count != options.Children || r.Kills.Any(k => k.KilledPid == 0)))
        {
            yield return "a child was not running when it was to be killed";
        }
    }

    private string Raw() => string.Join(
        "\n\n",
        [
            Text($"starts, s: {string.Join(' ', starts.Select(Distribution.Text))}"),
            Text($"idle (s: RSS/PSS KiB, ticks): {string.Join("; ", idle.Select(s => Text($"{s.Seconds:0}: {s.RssKibibytes}/{s.PssKibibytes}, {s.CpuTicks}")))}"),
            .. rounds.Select((r, i) => Text($"round {i + 1}, to the replacement, ms: {string.Join(' ', r.Kills.Select(k => Distribution.Text(k.SeenMilliseconds ?? double.PositiveInfinity)))}; to the answer, s: {string.Join(' ', r.AnswerSeconds.Select(Distribution.Text))}")),
        ]);

    private static void Row(MarkdownTable table, string name, IEnumerable<double> samples)
    {
        var all = new Distribution(samples);
        table.Row(name, Text($"{all.Count}"), Distribution.Text(all.P50), Distribution.Text(all.P95), Distribution.Text(all.P99), Distribution.Text(all.Max));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
