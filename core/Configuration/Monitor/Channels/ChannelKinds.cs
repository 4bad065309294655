using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Every kind of channel, a line each.</summary>
internal static class ChannelKinds
{
    public const int MaxChannels = 16;

    public static ImmutableArray<ChannelKind> All { get; } =
    [
        LogChannel.Kind,
        SmtpChannel.Kind,
        AzureMailChannel.Kind,
        TeamsChannel.Kind,
        WebhookChannel.Kind,
        NtfyChannel.Kind,
    ];

    public static Setting Channels { get; } = new("channels", new ValueShape.Variants("kind", [.. All.Select(k => k.Shape)], MaxChannels), "Where alerts go.")
    {
        DefaultInWords = "one of kind `log`, called `log`",
    };
}
