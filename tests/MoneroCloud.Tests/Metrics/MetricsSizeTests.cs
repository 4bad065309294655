using System.Globalization;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests.Metrics;

/// <summary>How large metrics are, and how long they take, over real HTTP above SQLite. The figures are printed with -showLiveOutput.</summary>
public sealed class MetricsSizeTests
{
    private const int OfAgent = 50;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100, 300_000)]
    [InlineData(1_000, 3_000_000)]
    [Trait("Tier", "soak")]
    public async Task A_scrape_stays_bounded(int nodes, int mostBytes)
    {
        await using var api = await ApiUnderTest.StartAsync(ApiSetup.InRealTime);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var part in Enumerable.Range(0, nodes).Select(i => StoredEvidence.Wallet($"agent-{i / OfAgent:000}.wallet-{i % OfAgent:00}", now: now)).Chunk(1_000))
        {
            await api.StoreAsync(part);
        }

        for (var i = 0; i < nodes / OfAgent; i++)
        {
            await api.StoreAsync(StoredFleet.Agent($"agent-{i:000}", now, "wallet-00"));
        }

        await api.TickAsync(now);
        await ScrapeAsync(api, "");
        var times = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            await ScrapeAsync(api, "gzip");
            times.Add(TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds);
        }

        var plain = await ScrapeAsync(api, "");
        var packed = await ScrapeAsync(api, "gzip");
        times.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{nodes} nodes: {plain:N0} bytes, {packed:N0} packed; a scrape p50 {times[10]:0} ms, p95 {times[18]:0} ms, max {times[19]:0} ms"));
        Assert.InRange(plain, nodes * 200, mostBytes);
        Assert.True(packed < plain / 5);
    }

    private static async Task<int> ScrapeAsync(ApiUnderTest api, string encoding)
    {
        var reply = await api.SendAsync("GET", "/api/metrics", ApiSetup.Viewer, change: r => r.Headers.TryAddWithoutValidation("Accept-Encoding", encoding));
        Assert.Equal(200, reply.Code);
        return reply.Body.Length;
    }
}
