using System.Text;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ControlLineTests
{
    [Fact]
    public void A_requests_text_is_approved()
    {
        var request = new ControlRequest { Verb = ControlVerb.Check, Node = "main", Method = CheckMethod.Api, Save = true };

        var text = Encoding.UTF8.GetString(ControlLine.Of(request));

        Assert.Equal("""{"verb":"Check","node":"main","method":"Api","save":true,"follow":false,"lines":50}""" + "\n", text);
        Assert.Equal(request, ControlLine.TryParse(text));
    }

    [Fact]
    public void What_a_line_leaves_out_has_its_default() =>
        Assert.Equal(new ControlRequest { Verb = ControlVerb.Check }, ControlLine.TryParse("""{"verb":"Check"}"""));

    [Fact]
    public void Replies_come_back_as_they_were_sent()
    {
        ControlReply[] replies =
        [
            new ControlReply.TextLine("a\nb"), new ControlReply.Done(3), new ControlReply.Refused("no", 2),
            new ControlReply.EventLine(new EventEntry { Node = NodeName.Parse("main"), At = default, Epoch = 1, N = 2, Fact = new NodeFact.Spawned(7) }),
        ];

        foreach (var reply in replies)
        {
            var line = Encoding.UTF8.GetString(ControlLine.Of(reply));
            Assert.Equal(1, line.Count(c => c == '\n'));
            Assert.Equal(reply, ControlLine.TryParseReply(line));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("status")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"verb":"Explode"}""")]
    [InlineData("""{"verb":42}""")]
    [InlineData("""{"verb":"Check","method":"all"}""")]
    [InlineData("""{"verb":"Check","method":9}""")]
    [InlineData("""{"verb":"Restart","node":"main","kill_after_ms":-1}""")]
    [InlineData("""{"verb":"Restart","node":"main","kill_after_ms":3600001}""")]
    [InlineData("""{"verb":"Start","node":"main","kill_after_ms":1}""")]
    [InlineData("""{"verb":"Logs","node":"main","lines":0}""")]
    [InlineData("""{"verb":"Logs","node":"main","lines":100001}""")]
    public void What_is_no_request_is_none(string? text) => Assert.Null(ControlLine.TryParse(text));
}
