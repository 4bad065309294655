using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class NodeChoiceTests
{
    private static readonly NodeName Host = NodeName.Parse("host");
    private static readonly NodeName[] Known = [NodeName.Parse("main"), NodeName.Parse("spare")];

    [Theory]
    [InlineData("main")]
    [InlineData("host.main")]
    public void A_node_is_chosen_by_name_or_by_id(string text) =>
        Assert.Equal([Known[0]], ((NodeChoice.Chosen)NodeChoice.Of(text, Host, Known)).Names);

    [Fact]
    public void Nothing_means_all() => Assert.Equal(Known, ((NodeChoice.Chosen)NodeChoice.Of(null, Host, Known)).Names);

    [Theory]
    [InlineData("nobody")]
    [InlineData("other.main")]
    [InlineData("host.nobody")]
    [InlineData("MAIN")]
    [InlineData("")]
    public void What_is_not_known_is_refused_with_what_is(string text) =>
        Assert.Equal($"there is no node '{text}'; known: main, spare", ((NodeChoice.Refused)NodeChoice.Of(text, Host, Known)).Message);
}
