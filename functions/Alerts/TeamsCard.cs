using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// A message as an Adaptive Card 1.2, in the envelope that a Teams workflow takes. What nodes and errors say stands in text runs alone: a
/// text block would make links and lists of it.
/// </summary>
internal static class TeamsCard
{
    /// <summary>Teams takes 28 KB.</summary>
    public const int MostBytes = 27_000;

    private const int LongestButton = 40;

    private static readonly (int Shown, int LongestText, int Buttons)[] Plans = [(20, 600, 5), (20, 200, 5), (12, 160, 3), (5, 120, 1), (1, 100, 0)];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>At most <see cref="MostBytes"/>.</summary>
    public static byte[] Message(Notice notice) => Fitting.First(
        Plans,
        plan => Encoding.UTF8.GetBytes(Envelope(Card(NoticeDigest.Of(notice, plan.Shown, plan.LongestText), notice.Key, plan.Buttons)).ToJsonString(Json)),
        MostBytes);

    private static JsonObject Envelope(JsonObject card) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = card,
        }),
    };

    private static JsonObject Card(NoticeDigest digest, string key, int buttons)
    {
        var alone = digest.Shown.Length == 1 && digest.More == 0;
        var body = new JsonArray(Texts(Run(digest.Headline, digest.Severity, bold: true, large: true)));
        foreach (var item in digest.Shown)
        {
            body.Add(Item(item, alone));
        }

        if (digest.MoreText is { } more)
        {
            body.Add(Texts(Subtle(more)));
        }

        body.Add(Texts(Subtle($"MoneroCloud {key}")));
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.2",
            ["fallbackText"] = digest.Headline,
            ["msteams"] = new JsonObject { ["width"] = "Full" },
            ["body"] = body,
        };
        if (Buttons(digest, buttons) is { Count: > 0 } actions)
        {
            card["actions"] = actions;
        }

        return card;
    }

    private static JsonObject Item(DigestItem item, bool alone)
    {
        var lines = new JsonArray();
        if (!alone)
        {
            lines.Add(Texts(Run(item.Title, item.Severity, bold: true)));
        }

        lines.Add(Close(Texts(Run(item.Text))));
        lines.Add(Close(Texts(Subtle(item.Facts))));
        return new JsonObject { ["type"] = "Container", ["separator"] = !alone, ["items"] = lines };
    }

    /// <summary>The whole first, then the worst one by one.</summary>
    private static JsonArray Buttons(NoticeDigest digest, int most)
    {
        var links = digest.Shown.Where(i => i.Link is not null && i.Link != digest.Link).Select(i => (Title: $"Open {i.Subject}", Link: i.Link!));
        var all = digest.Link is { } link ? links.Prepend((Title: digest.Shown.Length == 1 && digest.More == 0 ? "Open the incident" : "Open all", Link: link)) : links;
        return [.. all.DistinctBy(b => b.Link).Take(most).Select(b => (JsonNode)new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = CleanText.Line(b.Title, LongestButton), ["url"] = b.Link.AbsoluteUri })];
    }

    private static JsonObject Texts(JsonObject run) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };

    /// <summary>To what stands above it.</summary>
    private static JsonObject Close(JsonObject block)
    {
        block["spacing"] = "None";
        return block;
    }

    private static JsonObject Run(string text, AlertSeverity? severity = null, bool bold = false, bool large = false)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        if (severity is { } known)
        {
            run["color"] = known switch { AlertSeverity.Critical => "Attention", AlertSeverity.Warning => "Warning", _ => "Good" };
        }

        if (bold)
        {
            run["weight"] = "Bolder";
        }

        if (large)
        {
            run["size"] = "Medium";
        }

        return run;
    }

    private static JsonObject Subtle(string text) => new() { ["type"] = "TextRun", ["text"] = text, ["isSubtle"] = true, ["size"] = "Small" };
}
