using MoneroCloud.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(WatchedRun))]
