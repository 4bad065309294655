using System.Security.Cryptography;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Once after each start: keeps the configuration that is used where it is the operator's own, and tells people where it is not. Beside the
/// answers, which must not wait for the store.
/// </summary>
internal sealed partial class ConfigStanding(Monitor monitor, Dispatcher dispatcher, UsedConfig used)
{
    private const int MostShown = 5;
    private const int LongestShown = 300;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private readonly ILogger _log = monitor.Logs.CreateLogger<ConfigStanding>();

    /// <summary>As long as the program, as an <see cref="OwnedTask"/> has to.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!await TryAsync(stop))
        {
            await Task.Delay(Again, monitor.Time, stop);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, monitor.Time, stop);
    }

    /// <returns>False when the store is away, or another instance was faster.</returns>
    public async Task<bool> TryAsync(CancellationToken cancellation)
    {
        try
        {
            if (used.Refused.IsEmpty && !await KeptConfig.KeepAsync(monitor.Table, used.Source, monitor.Now, cancellation))
            {
                Log.TooLarge(_log);
            }

            return await TellAsync(cancellation);
        }
        catch (Exception e) when (e is StorageUnavailableException or UnreadableRowException)
        {
            Log.NotStored(_log, e.Message);
            return false;
        }
    }

    private async Task<bool> TellAsync(CancellationToken cancellation)
    {
        var known = await monitor.Table.FindAsync(Keys.ConfigRefusal, MonitorJson.Default.ConfigRefusal, cancellation);
        var digest = used.Refused.IsEmpty ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', used.Refused))));
        if (known?.Value.Digest == digest)
        {
            return true;
        }

        List<RowChange> rows = digest is null
            ? [new RowChange.Delete(Keys.ConfigRefusal, known!.Version), .. await EndedAsync(known.Value, cancellation)]
            : [Documents.Write(Keys.ConfigRefusal, new Stored<ConfigRefusal>(new ConfigRefusal { Digest = digest, Since = monitor.Now }, known?.Version), MonitorJson.Default.ConfigRefusal), .. await monitor.Incidents.FailsAsync(Refused(digest), Trouble.Configuration, cancellation)];
        if (await monitor.Table.CommitAsync(rows, cancellation) is not CommitResult.Committed)
        {
            return false;
        }

        await dispatcher.DispatchAsync(rows, cancellation);
        return true;
    }

    private Task<IEnumerable<RowChange>> EndedAsync(ConfigRefusal refusal, CancellationToken cancellation) =>
        monitor.Incidents.EndsAsync(NodeId.Monitor, Trouble.Configuration, "the present configuration is used", Recovered(refusal), cancellation);

    private Alert Refused(string digest)
    {
        var shown = used.Refused.Take(MostShown).Select(e => e.Length > LongestShown ? e[..LongestShown] + "..." : e);
        var more = used.Refused.Length > MostShown ? $" (and {used.Refused.Length - MostShown} more)" : "";
        return Alert(
            $"configuration.{monitor.Now.UtcTicks}.{digest}",
            AlertKind.ConfigurationRefused,
            AlertSeverity.Warning,
            "the monitor runs with an earlier configuration",
            $"the present one is refused: {string.Join("; ", shown)}{more}. The one of {used.KeptAt?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC is used until the monitor is started with a good one");
    }

    private Alert Recovered(ConfigRefusal refusal) => Alert(
        $"configuration.{refusal.Since.UtcTicks}.{refusal.Digest}",
        AlertKind.Recovered,
        AlertSeverity.Low,
        "the monitor runs with its present configuration again",
        $"it had been refused since {refusal.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");

    private Alert Alert(string place, AlertKind kind, AlertSeverity severity, string title, string text) => new()
    {
        Id = Core.Alert.IdOf(NodeId.Monitor, place, kind),
        Subject = NodeId.Monitor,
        Kind = kind,
        Severity = severity,
        At = monitor.Now,
        Due = monitor.Now,
        Title = title,
        Text = text,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "the configuration is too large to be kept: a start with a bad one will be refused")]
        public static partial void TooLarge(ILogger log);

        [LoggerMessage(Level = LogLevel.Warning, Message = "the configuration could not be kept or told of yet: {Why}")]
        public static partial void NotStored(ILogger log, string why);
    }
}
