using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The health of a fleet and of its monitor, as JSON.</summary>
internal sealed class RemoteHealth(RemoteMonitor monitor)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var reply = await monitor.Client.HealthAsync(cancellation);
        if (reply is not MonitorReply<HealthView>.Got { Value: var health })
        {
            return monitor.Fail(reply);
        }

        monitor.Shell.Output.WriteLine(JsonSerializer.Serialize(health, ApiJson.Default.HealthView));
        return health.Status switch
        {
            MonitorStatus.Healthy => ExitCode.Working,
            MonitorStatus.Degraded => ExitCode.Failed,
            _ => ExitCode.Unknown,
        };
    }
}
