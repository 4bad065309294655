using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The channel <c>log</c>: one line on stdout, accepted at once. On while no other channel is configured.</summary>
internal sealed partial class LogNotifier(string channel, ILogger log) : INotifier
{
    public string Channel => channel;

    public Task<Notified> SendAsync(Alert alert, string delivery, CancellationToken cancellation)
    {
        Log.Alerted(log, alert.Severity, alert.Title, alert.Text, delivery);
        return Task.FromResult<Notified>(new Notified.Delivered("written to the log"));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "ALERT {Severity}: {Title}: {Text} [{Delivery}]")]
        public static partial void Alerted(ILogger log, AlertSeverity severity, string title, string text, string delivery);
    }
}
