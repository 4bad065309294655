using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class MarkerTests
{
    private static readonly NodeName Host = NodeName.Parse("host-1");
    private static readonly NodeName Main = NodeName.Parse("main");

    [Fact]
    public void A_marker_names_agent_node_and_installation_and_is_known_again()
    {
        var marker = new Marker(Host, "/etc/monerocloud/agent.json");

        var text = marker.New(Main);

        Assert.Matches("^host-1\\.main:[0-9a-f]{16}:[0-9a-f]{16}$", text);
        Assert.Equal(Main, marker.NodeOf(text));
        Assert.NotEqual(text, marker.New(Main));
    }

    [Theory]
    [InlineData("host-1", "/other/agent.json")]
    [InlineData("host-2", "/etc/monerocloud/agent.json")]
    public void Another_installations_or_agents_marker_is_nobody_of_ours(string agent, string file)
    {
        var theirs = new Marker(NodeName.Parse(agent), file).New(Main);

        Assert.Null(new Marker(Host, "/etc/monerocloud/agent.json").NodeOf(theirs));
    }

    [Theory]
    [InlineData("")]
    [InlineData("host-1.main")]
    [InlineData("host-1.main:x:y:z")]
    [InlineData("host-1..main:0:1")]
    public void Any_other_text_is_nobody_of_ours(string text) =>
        Assert.Null(new Marker(Host, "/etc/monerocloud/agent.json").NodeOf(text));
}
