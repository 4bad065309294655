using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a tick says about the observer itself: its own network is away, or most nodes of several agents newly failing at once is not about them. Pure.</summary>
internal static class Vantages
{
    /// <param name="selfCheckFailed">Null when it did not.</param>
    public static VantageSighting Of(string? selfCheckFailed, params IReadOnlyCollection<ShardTick> ticks)
    {
        var probed = ticks.SelectMany(t => t.Nodes).Where(n => n.Answer is not null).ToList();
        var failed = probed.Where(n => n.NewlyFailed).ToList();
        return new VantageSighting(selfCheckFailed, failed.Count, probed.Count, failed.Select(n => n.Node.Value.Id.Agent).Distinct().Count());
    }
}
