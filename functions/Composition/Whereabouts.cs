using System.Net;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Where a standalone monitor is found, as variables of a shell: <c>MONITOR_URL</c> and <c>MONITOR_KEYS</c>, the folder of its keys.</summary>
internal static class Whereabouts
{
    public static string Of(MonitorConfig config, string keysFolder)
    {
        var listen = config.Listen.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, config.Listen.Port)
            : config.Listen.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, config.Listen.Port)
            : config.Listen;
        return $"MONITOR_URL={Quoted($"http://{listen}")}\nMONITOR_KEYS={Quoted(Path.Combine(config.DataFolder, keysFolder))}";
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
