using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The channel <c>log</c>: one line an alert on stdout, accepted at once. On while no other channel is configured.</summary>
internal sealed partial class LogNotifier(string channel, ILogger log) : INotifier
{
    public string Channel => channel;

    public Task<Notified> SendAsync(Notice notice, CancellationToken cancellation)
    {
        foreach (var (alert, _) in notice.Items)
        {
            Log.Alerted(log, alert.Severity, alert.Title, alert.Text, alert.Id, channel);
        }

        return Task.FromResult<Notified>(new Notified.Delivered("written to the log"));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "ALERT {Severity}: {Title}: {Text} [{Alert}:{Channel}]")]
        public static partial void Alerted(ILogger log, AlertSeverity severity, string title, string text, string alert, string channel);
    }
}
