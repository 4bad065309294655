using System.Collections.Immutable;
using System.ComponentModel;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What the channel <c>webhook</c> posts: members are added, never renamed. Its schema, docs/webhook.schema.json, is made from it.</summary>
internal sealed record WebhookMessage
{
    public const int PresentVersion = 1;

    [Description("Raised when members change their meaning.")]
    public required int Version { get; init; }

    [Description("The same for every try of this message: drop what you have seen. Also in the headers X-MoneroCloud-Key and Idempotency-Key.")]
    public required string Key { get; init; }

    [Description("When the message was made, by the monitor's clock; the same for every try.")]
    public required DateTimeOffset At { get; init; }

    [Description("The worst of its alerts.")]
    public required AlertSeverity Severity { get; init; }

    [Description("One line for people.")]
    public required string Headline { get; init; }

    [Description("How many alerts it is about.")]
    public required int Total { get; init; }

    [Description("The worst in full, the worst first.")]
    public required ImmutableArray<WebhookAlert> Alerts { get; init; }

    [Description("The others in short, the worst first; what is in neither is in the monitor.")]
    public required ImmutableArray<WebhookOther> Others { get; init; }

    [Description("Where they are shown; left out where the monitor has no publicUrl.")]
    public string? Link { get; init; }
}
