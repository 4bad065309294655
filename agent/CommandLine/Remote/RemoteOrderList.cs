using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The last orders about a node, as lines, the newest last.</summary>
internal sealed class RemoteOrderList(RemoteMonitor monitor)
{
    /// <summary>As many as a monitor gives.</summary>
    public const int Most = 200;

    /// <param name="lines">How many, at most.</param>
    public async Task<int> RunAsync(string node, int lines, bool json, CancellationToken cancellation)
    {
        var reply = await monitor.Client.OrdersAsync(node, lines, cancellation);
        if (reply is not MonitorReply<OrderList>.Got { Value: var list })
        {
            return await monitor.FailAsync(reply, node, cancellation);
        }

        foreach (var order in list.Orders.Reverse())
        {
            monitor.Shell.Output.WriteLine(json
                ? JsonSerializer.Serialize(order, ApiJson.Default.OrderView)
                : ShownText.Printable($"{order.StoredAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}  {order.Id}  {OrderText.Verb(order)}, {OrderText.Cause(order)}: {OrderText.State(order)}"));
        }

        return ExitCode.Working;
    }
}
