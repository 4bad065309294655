using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests.Messages;

/// <summary>docs/protocol.md shows what is really sent, and names what really bounds it.</summary>
public sealed partial class ProtocolDocumentTests
{
    private const string Document = "docs/protocol.md";

    private static readonly string Text = File.ReadAllText(GeneratedFile.At(Document)).ReplaceLineEndings(" ");

    [Fact]
    public void Its_messages_are_the_approved_ones()
    {
        var blocks = DocumentText.Blocks(Document, "json").Select(Compact).ToArray();

        Assert.Equal(ApprovedText.Lines("ack").Concat(ApprovedText.Lines("orders").Take(1)), blocks);
    }

    [Fact]
    public void It_names_every_kind_of_fact_and_no_other()
    {
        var from = Text.IndexOf("`events[]` are facts", StringComparison.Ordinal);
        var part = Text[from..Text.IndexOf("Never a state", from, StringComparison.Ordinal)];
        var named = Word().Matches(part).Select(m => m.Groups[1].Value).Where(w => w is not ("n" or "events[]"));

        Assert.Equal(WireSamples.Facts.Select(f => JsonSerializer.SerializeToElement(f, CoreJson.Default.NodeFact).GetProperty("kind").GetString()!), named);
    }

    [Fact]
    public void It_names_the_types_the_queues_and_who_signs()
    {
        string[] rows =
        [
            $"| `{JwsType.Report}` | `{Names.ReportsQueue}` | agent to monitor | the agent's own key |",
            $"| `{JwsType.Order}` | `{Names.CommandsQueue("AGENT")}` | monitor to agent | the monitor's key |",
            $"| `{JwsType.Ack}` | `{Names.CommandsQueue("AGENT")}` | monitor to agent | the monitor's key |",
        ];

        Assert.Equal(rows, File.ReadLines(GeneratedFile.At(Document)).Where(l => l.StartsWith("| `mc-", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_lists_every_verb_and_every_result()
    {
        Assert.Contains($"A closed list of verbs: {List(Enum.GetValues<OrderVerb>())[..^", reload".Length]} (a node); reload (the agent).", Text, StringComparison.Ordinal);
        Assert.Contains($"(`order_ended`: {List(Enum.GetValues<OutcomeResult>())})", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_bounds_are_the_programs()
    {
        string[] sentences =
        [
            $"At most {Report.MaxBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes",
            $"At once on a change, else every {PeriodPolicy.Default.Report.TotalSeconds:0} s",
            $"a spool of at most {LinkPolicy.Default.SpoolLimit >> 20} MiB",
            $"`monitor.silentAfter` ({LinkPolicy.Default.SilentAfter.TotalMinutes:0} min)",
            $"more than {AlertPolicy.Default.LateAfter.TotalMinutes:0} minutes old on arrival",
            $"at most {Order.MaxLife.TotalMinutes:0} minutes after it was issued",
            $"sent again every {OrderDispatch.Again.TotalSeconds:0} s with another message id (`ID:ATTEMPT`)",
        ];

        Assert.All(sentences, sentence => Assert.Contains(sentence, Text, StringComparison.Ordinal));
        Assert.Equal(PeriodPolicy.Default.Report, new MonitorPolicy().ReportPeriod);
    }

    private static string List<T>(IEnumerable<T> values) => string.Join(", ", values.Select(v => Capital().Replace(v!.ToString()!, " $1").Trim().ToLowerInvariant()));

    /// <summary>Without the line breaks and spaces between its members.</summary>
    private static string Compact(string json) => Between().Replace(json, "$1");

    [GeneratedRegex("`([a-z_\\[\\]]+)`")]
    private static partial Regex Word();

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Capital();

    [GeneratedRegex("([,{:])\\s+(?=[\"{\\d])")]
    private static partial Regex Between();
}
