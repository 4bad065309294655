using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How far one order is.</summary>
internal sealed class RemoteOrder(RemoteMonitor monitor)
{
    /// <returns>0 what was wanted is so, 1 it is not, 3 not over yet.</returns>
    public async Task<int> RunAsync(string id, bool json, CancellationToken cancellation)
    {
        var reply = await monitor.Client.OrderAsync(id, cancellation);
        if (reply is not MonitorReply<OrderView>.Got { Value: var order })
        {
            return monitor.Fail(reply);
        }

        monitor.Shell.Output.WriteLine(json
            ? JsonSerializer.Serialize(order, ApiJson.Default.OrderView)
            : ShownText.Printable($"{OrderText.Subject(order)}: {OrderText.Verb(order)}, ordered by {order.By} at {order.StoredAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}: {OrderText.State(order)}"));
        return order.State is OrderState.Ended or OrderState.Expired
            ? new FollowedOrder.Over(order).IsGood ? ExitCode.Working : ExitCode.Failed
            : ExitCode.Unknown;
    }
}
