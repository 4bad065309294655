using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

public sealed class NoticeHeadlineTests
{
    [Fact]
    public void It_counts_what_is_by_now() =>
        Assert.Equal("3 nodes are down, 1 agent is silent, 1 node is degraded, 1 has a note, 1 works again", NoticeHeadline.Of(SampleNotices.Some.Items));

    [Fact]
    public void Who_recovered_and_went_down_again_is_down() => Assert.Equal(
        "1 node is down",
        NoticeHeadline.Of([Item(1, AlertKind.Down), Item(1, AlertKind.Recovered), Item(1, AlertKind.Down)]));

    [Fact]
    public void Who_has_two_notes_is_one_node() => Assert.Equal(
        "2 nodes have a note",
        NoticeHeadline.Of([Item(1, AlertKind.Noted), Item(1, AlertKind.Noted), Item(2, AlertKind.Noted)]));

    [Fact]
    public void Every_kind_has_words_for_one_and_for_many()
    {
        foreach (var kind in Enum.GetValues<AlertKind>())
        {
            Assert.DoesNotContain(" more alert", NoticeHeadline.Of([Item(1, kind)]), StringComparison.Ordinal);
            Assert.NotEqual(NoticeHeadline.Of([Item(1, kind)]), kind is AlertKind.MonitorInDoubt or AlertKind.ConfigurationRefused ? "" : NoticeHeadline.Of([Item(1, kind), Item(2, kind)]));
        }
    }

    [Fact]
    public void The_worst_are_shown_first_and_the_rest_is_counted()
    {
        var digest = NoticeDigest.Of(SampleNotices.Of("key", [Item(1, AlertKind.Recovered, AlertSeverity.Low), .. Enumerable.Range(2, 24).Select(i => Item(i, AlertKind.Down))]));

        Assert.Equal((20, 5, "and 5 more, which are not shown here"), (digest.Shown.Length, digest.More, digest.MoreText));
        Assert.All(digest.Shown, i => Assert.Equal(AlertSeverity.Critical, i.Severity));
    }

    private static NoticeItem Item(int node, AlertKind kind, AlertSeverity severity = AlertSeverity.Critical) =>
        SampleNotices.Item(node, kind, severity, $"{node} {kind}", "text", SampleNotices.At);
}
