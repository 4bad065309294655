using System.ComponentModel;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One alert of a <see cref="WebhookMessage"/> in short.</summary>
internal sealed record WebhookOther
{
    public required string Id { get; init; }

    public required string Subject { get; init; }

    public required AlertKind Kind { get; init; }

    public required AlertSeverity Severity { get; init; }

    [Description("The incident it belongs to.")]
    public string? Incident { get; init; }

    public static WebhookOther Of(NoticeItem item) => new()
    {
        Id = item.Alert.Id,
        Subject = CleanText.Line(item.Alert.Subject, 100),
        Kind = item.Alert.Kind,
        Severity = item.Alert.Severity,
        Incident = item.Alert.Incident,
    };
}
