using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ProcessFinderTests
{
    private readonly string _prefix = $"test.n:{Guid.NewGuid():N}:";

    [Fact]
    public void A_child_is_found_by_its_marker_and_held()
    {
        using var child = Marked(_prefix + "a", "/bin/sleep", "300");
        using var other = Marked("other" + _prefix, "/bin/sleep", "300");
        var found = Assert.Single(ProcessFinder.Find(_prefix).Found);
        Assert.Equal(ProcessSightingsTests.Identity(child) with { Marker = _prefix + "a" }, found.Identity);
        Assert.True(found.IsLeader);
        Assert.False(found.PidFd.HasExited);
        found.PidFd.Dispose();
    }

    [Fact]
    public void A_zombie_is_not_found()
    {
        using var child = Marked(_prefix + "z", "/bin/true");
        TestChild.AwaitExit(child.PidFd);
        Assert.Empty(ProcessFinder.Find(_prefix).Found);
    }

    [Fact]
    public void A_descendant_that_inherited_the_marker_is_told_apart()
    {
        using var child = Marked(_prefix + "a", "/bin/bash", "-c", "sleep 300 & echo $!; wait");
        using var heir = new TestHeir(child);
        SpinWait.SpinUntil(() => ProcessReader.Name(heir.Pid) == "sleep" && ProcessReader.Marker(heir.Pid) is ProcRead<string?>.Got({ }), TimeSpan.FromSeconds(10));
        var found = ProcessFinder.Find(_prefix).Found.OrderByDescending(f => f.IsLeader).ToList();
        Assert.Equal([true, false], found.Select(f => f.IsLeader));
        Assert.Equal(child.Pid, found[0].Identity.Pid);
        Assert.Equal(heir.Pid, found[1].Identity.Pid);
        found.ForEach(f => f.PidFd.Dispose());
    }

    [Fact]
    public void A_large_environment_is_searched_to_its_end()
    {
        var filler = Enumerable.Range(0, 8).Select(i => $"FILL{i}={new string('x', 100_000)}");
        var request = TestChild.Request("/bin/sleep", "300") with { Environment = [.. filler, $"{Names.InstanceVariable}={_prefix}big"] };
        using var child = TestChild.Start(request);
        var identity = ProcessSightingsTests.Identity(child) with { Marker = _prefix + "big" };
        Assert.IsType<ProcessSighting.Alive>(ProcessSightings.See(identity));
        Assert.Equal(new ProcRead<string?>.Got(_prefix + "big"), ProcessReader.Marker(child.Pid));
    }

    [Fact]
    public void Environments_that_may_not_be_read_are_counted()
    {
        using var child = Marked(_prefix + "a", "/bin/sleep", "300");
        var search = TestNative.AsNobody(() => ProcessFinder.Find(_prefix));
        Assert.NotEqual(0, search.Refused);
        foreach (var found in search.Found)
        {
            found.PidFd.Dispose();
        }
    }

    [Theory]
    [InlineData("A=1\0MONEROCLOUD_INSTANCE=a.b:c:d\0B=2\0", "a.b:c:d")]
    [InlineData("XMONEROCLOUD_INSTANCE=a\0", null)]
    [InlineData("MONEROCLOUD_INSTANCE=\0", "")]
    [InlineData("", null)]
    public void The_marker_is_a_whole_variable(string environment, string? marker) =>
        Assert.Equal(marker, ProcessReader.MarkerIn(System.Text.Encoding.UTF8.GetBytes(environment)));

    private static TestChild Marked(string marker, string program, params string[] arguments)
    {
        var child = TestChild.Start(TestChild.Request(program, arguments) with { Environment = ["PATH=/bin:/usr/bin", $"{Names.InstanceVariable}={marker}"] });
        SpinWait.SpinUntil(() => child.PidFd.HasExited || ProcessReader.Marker(child.Pid) is ProcRead<string?>.Got({ }), TimeSpan.FromSeconds(10));
        return child;
    }
}
