using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

/// <summary>Which alerts a client may mean.</summary>
public sealed class MatcherReaderTests
{
    public static TheoryData<string, string> Wrong => new()
    {
        { "{}", "match is empty, which would fit every alert: at least one of subjects, agents, conditions, severities, kinds, labels; \"subjects\":[\"*\"] where all are meant" },
        { """{"subjects":[],"labels":{}}""", "match is empty" },
        { """{"subject":["host.main"],"severities":["low"]}""", "match.subject is not known; did you mean subjects?" },
        { """{"regex":"x","severities":["low"]}""", "match.regex is not known" },
        { """{"subjects":["host.main","Host.main"]}""", "match.subjects[1] is Host.main: a node's id (agent.name), an agent's name or 'monitor', where * stands for any run of characters" },
        { """{"subjects":["a.b.c"]}""", "match.subjects[0] is a.b.c: a node's id" },
        { """{"subjects":["a.*.c"]}""", "match.subjects[0] is a.*.c: a node's id" },
        { """{"subjects":[""]}""", "match.subjects[0] is : a node's id" },
        { """{"subjects":["remote"]}""", "match.subjects[0] is remote: a node's id" },
        { """{"subjects":["host?main"]}""", "match.subjects[0] is host?main: a node's id" },
        { """{"subjects":[null]}""", "match.subjects[0] is null: a node's id" },
        { """{"agents":["host.main"]}""", "match.agents[0] is host.main: an agent's name, or 'remote' for nodes without one, where * stands for any run of characters" },
        { """{"agents":["monitor"]}""", "match.agents[0] is monitor: an agent's name" },
        { """{"agents":["h.*"]}""", "match.agents[0] is h.*: an agent's name" },
        { """{"conditions":["Exitd"]}""", "match.conditions[0] is Exitd; did you mean Exited?" },
        { """{"conditions":["7"]}""", "match.conditions[0] is 7: one of Inconclusive, StoppedByOperator, " },
        { """{"severities":["criticall"]}""", "match.severities[0] is criticall; did you mean Critical?" },
        { """{"severities":["low,warning"]}""", "match.severities[0] is low,warning: one of Low, Warning, Critical" },
        { """{"kinds":["Up"]}""", "match.kinds[0] is Up: one of Down, Degraded, " },
        { """{"labels":{"bad name":"x"}}""", "match.labels.bad name is not a label's name" },
        { """{"labels":{"zone":"e\u0007u"}}""", "match.labels.zone is e\u0007u: at most 100 characters, without control characters" },
        { """{"labels":{"zone":null}}""", "match.labels.zone is null: at most 100 characters" },
        { $$$"""{"labels":{"zone":"{{{new string('x', 101)}}}"}}""", "match.labels.zone is xxx" },
        { $$"""{"subjects":["{{new string('x', 101)}}*"]}""", "match.subjects has a value of 102 characters: 100 at most" },
        { $$"""{"kinds":[{{string.Join(',', Enumerable.Repeat("\"Down\"", 65))}}]}""", "match.kinds has 65 values: 64 at most" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_with_what_it_may_be(string json, string problem)
    {
        var (matcher, told) = Read(json);

        Assert.Null(matcher);
        Assert.StartsWith(problem, told, StringComparison.Ordinal);
    }

    [Fact]
    public void None_at_all_is_told() => Assert.Equal("match is missing: subjects, agents, conditions, severities, kinds, labels", MatcherReader.Read(null).Problem);

    [Theory]
    [InlineData("""{"subjects":["*"]}""")]
    [InlineData("""{"subjects":["host.main","host","monitor","remote.shop","host.*","*.main","h*.m*n"]}""")]
    [InlineData("""{"agents":["host","remote","eu-*"]}""")]
    [InlineData("""{"conditions":["exited","HUNG"],"severities":["low"],"kinds":["Down","test"],"labels":{"zone":"eu-*","tier":""}}""")]
    public void What_is_right_is_read_and_written_back_as_it_is(string json)
    {
        var (matcher, problem) = Read(json);

        Assert.Null(problem);
        var again = MatcherReader.Read(AlertMatch.Of(matcher!)).Matcher!;
        Assert.Equal(JsonSerializer.Serialize(matcher, CoreJson.Default.AlertMatcher), JsonSerializer.Serialize(again, CoreJson.Default.AlertMatcher));
    }

    [Fact]
    public void A_value_that_is_given_twice_is_kept_once() => Assert.Equal(["host"], Read("""{"agents":["host","host"]}""").Matcher!.Agents);

    private static (AlertMatcher? Matcher, string? Problem) Read(string json) => MatcherReader.Read(JsonSerializer.Deserialize(json, ApiJson.Default.AlertMatch));
}
