using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What the bus connection has to tell, in the monitor's log.</summary>
internal static partial class BusLog
{
    public static void Follow(BusConnection bus, ILogger<BusConnection> log) => bus.Told += notice =>
    {
        if (notice.IsTrouble)
        {
            Log.Trouble(log, notice.Text);
        }
        else
        {
            Log.Ended(log, notice.Text);
        }
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
        public static partial void Trouble(ILogger log, string text);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Text}")]
        public static partial void Ended(ILogger log, string text);
    }
}
