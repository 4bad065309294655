using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The notifiers of the channels that are configured. None connects before it sends.</summary>
internal static class Notifiers
{
    /// <summary>One line a kind of channel.</summary>
    public static ImmutableArray<INotifier> Of(ImmutableArray<ChannelConfig> channels, AlertSecrets secrets, TimeProvider time, ILoggerFactory logs) =>
    [
        .. channels.OfType<LogChannel>().Select(c => new LogNotifier(c.Name, logs.CreateLogger("alert"))),
        .. channels.OfType<SmtpChannel>().Select(c => new SmtpNotifier(c, secrets, time)),
        .. channels.OfType<AzureMailChannel>().Select(c => new AzureMailNotifier(c, AzureMailNotifier.Identity(c), time)),
        .. channels.OfType<TeamsChannel>().Select(c => new TeamsNotifier(c, secrets, time)),
        .. channels.OfType<WebhookChannel>().Select(c => new WebhookNotifier(c, secrets, time)),
        .. channels.OfType<NtfyChannel>().Select(c => new NtfyNotifier(c, secrets, time)),

        // Always there, for what another refuses; last, so that a configured one of this name comes before it.
        new LogNotifier(Names.LogChannel, logs.CreateLogger("alert")),
    ];
}
