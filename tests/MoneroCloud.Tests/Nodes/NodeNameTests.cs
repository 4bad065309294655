using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class NodeNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("main-node-1")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789-ab")]
    public void A_name_is_a_name(string text) => Assert.Equal(text, NodeName.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("A")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a/../b")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789-abc")]
    public void Anything_else_is_none(string? text) => Assert.False(NodeName.TryParse(text, out _));

    [Fact]
    public void An_id_is_read_back_from_its_text() =>
        Gen.Select(Gen.Char["abc019"], Gen.String[Gen.Char["abc019-"], 0, 38]).Select((f, r) => NodeName.Parse(f + r)).Array[2].Sample(names =>
        {
            var id = new NodeId(names[0], names[1]);
            Assert.True(NodeId.TryParse(id.ToString(), out var read));
            Assert.Equal(id, read);
        });

    [Theory]
    [InlineData("")]
    [InlineData("main")]
    [InlineData("a.b.c")]
    [InlineData(".main")]
    [InlineData("host.")]
    public void What_is_not_agent_dot_name_is_no_id(string text) => Assert.False(NodeId.TryParse(text, out _));
}
