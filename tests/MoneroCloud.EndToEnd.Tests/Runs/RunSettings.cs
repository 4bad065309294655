using MoneroCloud.EndToEnd.Tests.Runs;
using MoneroCloud.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(WatchedRun))]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
