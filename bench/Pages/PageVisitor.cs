using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>Asks a monitor for its pages as a browser that keeps its connection does, with a key in place of a session.</summary>
internal sealed class PageVisitor : IDisposable
{
    private const int NodesOfAgent = 20;
    private const int WarmUp = 10;
    private const int FewRequests = 10;

    /// <summary>For so long a monitor tells the same metrics to who asks again.</summary>
    private static readonly TimeSpan MetricsKept = TimeSpan.FromSeconds(5.2);

    private readonly HttpClient http;
    private readonly Random random = new(7);
    private readonly int nodes;
    private readonly int past;

    /// <param name="past">The first so many nodes have one.</param>
    public PageVisitor(string address, string key, int nodes, int past)
    {
        (this.nodes, this.past) = (nodes, past);
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    /// <summary>What is asked for, by which address, and what is done before each time so that the fleet is not in memory any more.</summary>
    public IEnumerable<(string What, Func<string> Address, Func<CancellationToken, Task>? Before)> Kinds() =>
    [
        .. FromMemory().Select(k => (k.What, k.Address, (Func<CancellationToken, Task>?)null)),
        ("overview, just after a deed", () => "dashboard", DoSomethingAsync),
        ("metrics, just after a deed", () => "api/metrics", async cancellation =>
        {
            await DoSomethingAsync(cancellation);
            await Task.Delay(MetricsKept, TimeProvider.System, cancellation);
        }),
    ];

    private IEnumerable<(string What, Func<string> Address)> FromMemory() =>
    [
        ("overview", () => "dashboard"),
        ("node list", () => "dashboard/nodes"),
        ("node list, a page in the middle", () => Text($"dashboard/nodes?sort=Node&page={1 + random.Next(nodes / 50)}")),
        ("node list, searched", () => Text($"dashboard/nodes?q=wallet-{random.Next(nodes):00000}")),
        ("node list, those that are down", () => "dashboard/nodes?state=Down"),
        ("node page", () => $"dashboard/nodes/{Node()}"),
        ("incidents", () => "dashboard/incidents"),
        ("agents", () => "dashboard/agents"),
        ("metrics", () => "api/metrics"),
        ("metrics, without distributions", () => "api/metrics?buckets=none"),
        ("API: 100 nodes", () => "api/nodes?limit=100"),
        ("API: one node", () => $"api/nodes/{Node()}"),
        ("API: uptime over 90 days", () => $"api/nodes/{Node()}/uptime?since={TimeProvider.System.GetUtcNow().AddDays(-90):yyyy-MM-ddTHH:mm:ssZ}&slices=90"),
        ("API: 35 days by the hour", () => $"api/nodes/{Node()}/rollups?span=hour&limit=840"),
    ];

    /// <param name="before">Takes seconds: it is asked less often then.</param>
    public async Task<PageSample> AskAsync(string store, string what, Func<string> address, Func<CancellationToken, Task>? before, int requests, CancellationToken cancellation)
    {
        var samples = new List<double>();
        var bytes = 0;
        for (var i = before is null ? -WarmUp : -1; i < (before is null ? requests : Math.Min(requests, FewRequests)); i++)
        {
            await (before?.Invoke(cancellation) ?? Task.CompletedTask);
            var target = address();
            var began = TimeProvider.System.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(target, UriKind.Relative), cancellation);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
            var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
            if (!answer.IsSuccessStatusCode)
            {
                throw new BenchException($"{target}: {(int)answer.StatusCode}");
            }

            if (i >= 0)
            {
                samples.Add(Math.Round(took, 2));
                bytes = Math.Max(bytes, body.Length);
            }
        }

        return new PageSample(store, nodes, what, [.. samples], bytes);
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

    /// <summary>One of those with a past; mostly another than the times before.</summary>
    private string Node()
    {
        var index = random.Next(past);
        return Text($"host-{index / NodesOfAgent:0000}.wallet-{index:00000}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
