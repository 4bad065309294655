using System.Net;
using System.Text.Json;
using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests.Alerts;

/// <summary>A channel over HTTP and a real server for it.</summary>
/// <param name="make">A notifier that posts to this address, with such a deadline.</param>
/// <param name="idHeader">In which header the receiver gives the message a name; null: in its body.</param>
internal sealed class HttpChannelUnderTest(AlertReceiver receiver, Func<Uri, TimeSpan?, INotifier> make, string? idHeader) : ChannelUnderTest
{
    public const string Id = "4f5d1b3c-0000-4000-8000-0123456789ab";

    public override IReadOnlyList<string> Secrets => SecretsSent;

    public required IReadOnlyList<string> SecretsSent { get; init; }

    public required int LongestMessage { get; init; }

    public bool TakesAnyId { get; init; } = true;

    public override bool TellsWhatIsSaid => TakesAnyId;

    /// <summary>Around the id in that header.</summary>
    public Func<string, string> Located { get; init; } = id => id;

    public override int MostBytes => LongestMessage;

    public override TimeSpan? AskedWait { get; } = TimeSpan.FromSeconds(7);

    public override string ReceiptPart => Id;

    public override IReadOnlyList<ReceivedMessage> Received => [.. receiver.Posts.Select(Read)];

    public override INotifier New(TimeSpan? deadline = null) => make(receiver.Address, deadline);

    public override INotifier AtAClosedPort() => make(new Uri($"http://127.0.0.1:{FreePort.Next()}/"), null);

    public override void Be(ReceiverMood mood) => receiver.Answer = mood switch
    {
        ReceiverMood.Takes => Named(Id),
        ReceiverMood.TakesAndRepeatsSecrets => Named(string.Join(' ', SecretsSent)),
        ReceiverMood.AsksToWait => PostAnswer.RetryAfter("7"),
        ReceiverMood.Refuses => new PostAnswer.Status(404),
        ReceiverMood.RefusesAndRepeatsSecrets => new PostAnswer.Status(403) { Body = string.Join(' ', SecretsSent) },
        ReceiverMood.EndsWithoutAnswer => new PostAnswer.Reset(),
        _ => new PostAnswer.Silent(),
    };

    public override ValueTask DisposeAsync() => receiver.DisposeAsync();

    private PostAnswer.Status Named(string id) => idHeader is null
        ? new PostAnswer.Status((int)HttpStatusCode.OK) { Body = JsonSerializer.Serialize(new Dictionary<string, string> { ["id"] = Located(id) }) }
        : new PostAnswer.Status((int)HttpStatusCode.Accepted) { Headers = new Dictionary<string, string> { [idHeader] = Located(id) } };

    private static ReceivedMessage Read(ReceivedPost post)
    {
        using var json = JsonDocument.Parse(post.Body);
        return new ReceivedMessage(
            [post.Headers[HttpPoster.KeyHeader], post.Headers[HttpPoster.IdempotencyHeader]],
            [.. post.Headers.Keys],
            [.. Texts(json.RootElement)],
            post.Body.Length);
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value).Prepend(p.Name)),
        _ => [],
    };
}
