using Xunit.Sdk;
using Xunit.v3;

namespace MoneroCloud.EndToEnd.Tests.Runs;

/// <summary>
/// The classes that take longest begin first, so that none of them is left alone at the end. What takes long is printed by scripts/test; who is
/// not named here comes after these, in the usual order.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        .. new[]
        {
            typeof(PublishedAppTests), typeof(MonitorScenarioTests), typeof(SilentRowsTests), typeof(BrowserTests), typeof(ForeignBrokerTests), typeof(CutAgentTests),
            typeof(ExitCauseTests), typeof(StatusCommandTests), typeof(RestartProofTests), typeof(DaemonTests), typeof(MonitorDeathTests), typeof(ZombieTests),
            typeof(WhoActsTests), typeof(AlertDeathTests), typeof(CutLadderTests),
        }.Select(NameOf),
    ];

    /// <summary>Without what the framework adds: an id.</summary>
    public static string NameOf(Type testClass) => $"Test collection for {testClass.FullName} ";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => Array.FindIndex(Longest, name => c.TestCollectionDisplayName.StartsWith(name, StringComparison.Ordinal)) is var at and >= 0 ? at : Longest.Length)];
}
