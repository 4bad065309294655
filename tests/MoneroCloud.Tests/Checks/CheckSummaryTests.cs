using System.Text.Json;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class CheckSummaryTests
{
    private static CheckedNode Node(string name, HealthState state) =>
        CheckedNode.Of(new NodeId(NodeName.Parse("host"), NodeName.Parse(name)), state, $"it is {state}");

    [Fact]
    public void The_answer_of_check_all_has_the_approved_text() =>
        Assert.Equal(
            """
            {"total":2,"working":1,"degraded":0,"failed":1,"unknown":0,"nodes":[
            {"id":"host.main","name":"main","status":true,"message":"it is Up","state":"Up"},
            {"id":"host.spare","name":"spare","status":false,"message":"it is Down","state":"Down"}]}
            """.ReplaceLineEndings(""),
            JsonSerializer.Serialize(CheckSummary.Of([Node("main", HealthState.Up), Node("spare", HealthState.Down)]), CoreJson.Default.CheckSummary));

    [Fact]
    public void Every_state_is_counted_once_and_a_disabled_node_is_listed_and_not_counted()
    {
        var summary = CheckSummary.Of([.. Enum.GetValues<HealthState>().Select(s => Node("n", s))]);

        Assert.Equal((4, 2, 1, 1, 1), (summary.Total, summary.Working, summary.Degraded, summary.Failed, summary.Unknown));
        Assert.Equal(5, summary.Nodes.Length);
        Assert.Equal(summary.Working, summary.Nodes.Count(n => n.Status));
    }

    [Theory]
    [InlineData(HealthState.Up, true, false, 0)]
    [InlineData(HealthState.Up, false, false, 0)]
    [InlineData(HealthState.Degraded, false, false, 0)]
    [InlineData(HealthState.Down, false, false, 1)]
    [InlineData(HealthState.Unknown, false, false, 3)]
    [InlineData(HealthState.Disabled, false, false, 0)]
    [InlineData(HealthState.Up, true, true, 0)]
    [InlineData(HealthState.Up, false, true, 1)]
    [InlineData(HealthState.Unknown, false, true, 1)]
    [InlineData(HealthState.Disabled, false, true, 1)]
    [InlineData(HealthState.Down, true, true, 0)]
    public void The_exit_code_of_one_node_goes_by_its_state_and_strictly_by_whether_it_works(HealthState state, bool worked, bool strict, int code) =>
        Assert.Equal(code, ExitCode.Of(state, worked, strict));

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 0, HealthState.Up, HealthState.Degraded, HealthState.Disabled)]
    [InlineData(false, 3, HealthState.Up, HealthState.Unknown)]
    [InlineData(false, 1, HealthState.Unknown, HealthState.Down, HealthState.Up)]
    [InlineData(true, 0, HealthState.Up, HealthState.Disabled)]
    [InlineData(true, 1, HealthState.Up, HealthState.Degraded)]
    [InlineData(true, 1, HealthState.Unknown)]
    public void The_exit_code_of_several_nodes_is_that_of_the_worst(bool strict, int code, params HealthState[] states) =>
        Assert.Equal(code, ExitCode.Of(states.Select(s => (s, s == HealthState.Up)), strict));
}
