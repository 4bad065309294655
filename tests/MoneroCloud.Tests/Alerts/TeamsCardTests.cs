using System.Text;
using System.Text.Json.Nodes;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

public sealed class TeamsCardTests
{
    private static readonly Notice[] Notices =
        [SampleNotices.OneDown, SampleNotices.Recovered, SampleNotices.Some, SampleNotices.Many(500), .. new[] { 1, 2, 5, 20, 21, 500 }.Select(SampleNotices.Hostile)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_card_is_under_28_KB_and_is_read_without_a_complaint()
    {
        var messages = Notices.Select(TeamsCard.Message).ToArray();
        var cards = await CardReader.ReadAsync(messages, Cancellation);

        Assert.All(messages, m => Assert.InRange(m.Length, 1, TeamsCard.MostBytes));
        Assert.Equal(Notices.Length, cards.Length);
        Assert.All(cards, c => Assert.Empty(c.Complaints));
        Assert.All(cards, c => Assert.Equal("1.2", c.Version));
        Assert.All(Notices.Zip(cards), pair => Assert.Contains(NoticeDigest.Of(pair.First, 1).Headline, pair.Second.Texts));
        Assert.Equal(["https://monitor.example.org/dashboard/incidents/7000000000000000000000001"], cards[0].Buttons);
        Assert.Equal(5, cards[2].Buttons.Count);
    }

    [Fact]
    public async Task A_card_with_something_wrong_or_newer_is_complained_of()
    {
        var (unknown, lacking) = (Card(), Card());
        Content(unknown)["body"]!.AsArray().Add(new JsonObject { ["type"] = "Table", ["columns"] = new JsonArray(), ["rows"] = new JsonArray() });
        Content(lacking)["actions"]![0]!.AsObject().Remove("url");

        var cards = await CardReader.ReadAsync(new[] { unknown, lacking }.Select(c => Encoding.UTF8.GetBytes(c.ToJsonString())), Cancellation);

        Assert.Equal(2, cards.Length);
        Assert.All(cards, c => Assert.NotEmpty(c.Complaints));
    }

    [Fact]
    public void What_nodes_and_errors_say_stands_in_text_runs_alone()
    {
        var card = Content(JsonNode.Parse(TeamsCard.Message(SampleNotices.Hostile(3)))!);
        var allowed = new HashSet<string> { "AdaptiveCard", "RichTextBlock", "TextRun", "Container", "Action.OpenUrl" };

        Assert.Subset(allowed, Types(card).ToHashSet());
        Assert.All(card["actions"]!.AsArray(), a => Assert.StartsWith("https://monitor.example.org/", (string?)a!["url"], StringComparison.Ordinal));
    }

    private static JsonNode Card() => JsonNode.Parse(TeamsCard.Message(SampleNotices.OneDown))!;

    private static JsonNode Content(JsonNode message) => message["attachments"]![0]!["content"]!;

    private static IEnumerable<string> Types(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(m => m.Key == "type" ? [(string)m.Value!] : Types(m.Value)),
        JsonArray a => a.SelectMany(Types),
        _ => [],
    };
}
