using MoneroCloud.EndToEnd.Tests.Storage;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The monitor as it is in the cloud, of a fleet that it cannot reach itself: all wallets on their host's loopback, seen by their agent alone.</summary>
public sealed class HandlerHealthTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Wallets_that_only_their_agent_can_reach_are_healthy_by_its_word_and_degraded_by_it()
    {
        await using var run = await HandlersRun.StartAsync(fixture.Azurite, "inside", "MoneroCloud.Functions", TestContext.Current.CancellationToken);
        await run.UntilAsync(() => Task.FromResult(run.Agent.Pending == 0), "all is acked");
        await run.ProbeAsync();
        await UntilAsync(run, 200, "healthy", working: 3, failed: 0);

        run.Agent.Do(HomeStory.Begin);
        await UntilAsync(run, 503, "degraded", working: 2, failed: 1);
    }

    /// <summary>It is counted every 5 s.</summary>
    private static Task UntilAsync(HandlersRun run, int status, string word, int working, int failed) => run.UntilAsync(
        async () => await run.HealthAsync() is var (code, body)
            && (status, word, working, failed, 3, 0) == (code, (string?)body["status"], (int)body["working"]!, (int)body["failed"]!, (int)body["total"]!, (int)body["unknown"]!),
        $"{status} {word}");
}
