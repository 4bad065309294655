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

        foreach (var line in json ? [JsonSerializer.Serialize(order, ApiJson.Default.OrderView)] : Lines(order))
        {
            monitor.Shell.Output.WriteLine(line);
        }

        return order.State is OrderState.Ended or OrderState.Expired
            ? new FollowedOrder.Over(order).IsGood ? ExitCode.Working : ExitCode.Failed
            : ExitCode.Unknown;
    }

    private static IEnumerable<string> Lines(OrderView order) =>
    [
        ShownText.Printable($"{OrderText.Subject(order)}: {OrderText.Verb(order)}, {OrderText.Cause(order)} at {order.StoredAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}: {OrderText.State(order)}"),
        .. new OrderProgressText().NewSteps(order),
        .. OrderText.Proof(order),
    ];
}
