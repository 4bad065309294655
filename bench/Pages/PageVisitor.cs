using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>Asks a monitor for its pages as a browser that keeps its connection does, with a key in place of a session.</summary>
internal sealed class PageVisitor : IDisposable
{
    private const int NodesOfAgent = 20;
    private const int WarmUp = 200;
    private const int LeastWarmUp = 10;
    private const int FewRequests = 10;

    /// <summary>What takes long is asked less often before it counts.</summary>
    private static readonly TimeSpan WarmUpFor = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>For so long a monitor tells the same metrics to who asks again.</summary>
    private static readonly TimeSpan MetricsKept = TimeSpan.FromSeconds(5.2);

    private readonly HttpClient http;
    private readonly Random random = new(7);
    private readonly Queue<int> drawn = new();
    private readonly int nodes;
    private readonly int past;

    /// <param name="past">The first so many nodes have one.</param>
    public PageVisitor(string address, string key, int nodes, int past)
    {
        (this.nodes, this.past) = (nodes, past);
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    public IEnumerable<PageKind> Kinds() =>
    [
        .. Others(),
        new("overview, just after a deed", () => "dashboard") { Before = DoSomethingAsync },
        new("metrics, just after a deed", () => "api/metrics")
        {
            Before = async cancellation =>
            {
                await DoSomethingAsync(cancellation);
                await Task.Delay(MetricsKept, TimeProvider.System, cancellation);
            },
        },
    ];

    private IEnumerable<PageKind> Others() =>
    [
        new("overview", () => "dashboard"),
        new("node list", () => "dashboard/nodes"),
        new("node list, a page in the middle", () => Text($"dashboard/nodes?sort=Node&page={1 + random.Next(nodes / 50)}")),
        new("node list, searched", () => Text($"dashboard/nodes?q=wallet-{random.Next(nodes):00000}")),
        new("node list, those that are down", () => "dashboard/nodes?state=Down"),
        new("node page", () => $"dashboard/nodes/{Node()}") { InFreshMinute = true },
        new("incidents", () => "dashboard/incidents"),
        new("agents", () => "dashboard/agents"),
        new("metrics", () => "api/metrics"),
        new("metrics, without distributions", () => "api/metrics?buckets=none"),
        new("API: 100 nodes", () => "api/nodes?limit=100"),
        new("API: one node", () => $"api/nodes/{Node()}"),
        new("API: uptime over 90 days", () => $"api/nodes/{Node()}/uptime?since={TimeProvider.System.GetUtcNow().AddDays(-90):yyyy-MM-ddTHH:mm:ssZ}&slices=90"),
        new("API: 35 days by the hour", () => $"api/nodes/{Node()}/rollups?span=hour&limit=840"),
    ];

    public async Task<PageSample> AskAsync(string store, PageKind kind, int requests, CancellationToken cancellation)
    {
        var samples = new List<double>();
        var bytes = 0;
        await WarmUpAsync(kind, cancellation);
        for (var i = 0; i < (kind.Before is null ? requests : Math.Min(requests, FewRequests)); i++)
        {
            await (kind.InFreshMinute && i % past == 0 ? NextMinuteAsync(kind, cancellation) : Task.CompletedTask);
            var (took, length) = await OnceAsync(kind, cancellation);
            samples.Add(Math.Round(took, 2));
            bytes = Math.Max(bytes, length);
        }

        return new PageSample(store, nodes, kind.What, [.. samples], bytes);
    }

    public void Dispose() => http.Dispose();

    /// <summary>A deed of the pages, refused or not, has the fleet read anew; this one is about an incident that there is not.</summary>
    private async Task DoSomethingAsync(CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent([]);
        using var answer = await http.PostAsync(new Uri("dashboard/incidents/none/unack", UriKind.Relative), form, cancellation);
        if ((int)answer.StatusCode != 404)
        {
            throw new BenchException($"dashboard/incidents/none/unack: {(int)answer.StatusCode} instead of 404");
        }
    }

    private async Task WarmUpAsync(PageKind kind, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < (kind.Before is null ? WarmUp : 1) && (i < LeastWarmUp || TimeProvider.System.GetElapsedTime(began) < WarmUpFor); i++)
        {
            await OnceAsync(kind, cancellation);
        }
    }

    private async Task<(double Milliseconds, int Bytes)> OnceAsync(PageKind kind, CancellationToken cancellation)
    {
        await (kind.Before?.Invoke(cancellation) ?? Task.CompletedTask);
        var target = kind.Address();
        var began = TimeProvider.System.GetTimestamp();
        using var answer = await http.GetAsync(new Uri(target, UriKind.Relative), cancellation);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        return answer.IsSuccessStatusCode ? (took, body.Length) : throw new BenchException($"{target}: {(int)answer.StatusCode}");
    }

    /// <summary>No node's past is in memory then, and none is asked for twice in it. One page is looked at until then, as somebody always does: a machine that idles for a minute is slow for seconds.</summary>
    private async Task NextMinuteAsync(PageKind kind, CancellationToken cancellation)
    {
        var one = kind.Address();
        for (var minute = TimeProvider.System.GetUtcNow().Minute; TimeProvider.System.GetUtcNow().Minute == minute;)
        {
            await OnceAsync(kind with { Address = () => one }, cancellation);
            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }

        drawn.Clear();
    }

    /// <summary>One of those with a past, by chance: none comes again before all others have come.</summary>
    private string Node()
    {
        if (drawn.Count == 0)
        {
            var all = Enumerable.Range(0, past).ToArray();
            random.Shuffle(all);
            Array.ForEach(all, drawn.Enqueue);
        }

        var index = drawn.Dequeue();
        return Text($"host-{index / NodesOfAgent:0000}.wallet-{index:00000}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
