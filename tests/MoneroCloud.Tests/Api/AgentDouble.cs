using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>An agent that takes the next order off the bus, checks who signed it, and reports its outcome.</summary>
internal static class AgentDouble
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Order> NextOrderAsync(this ApiUnderTest api)
    {
        var (queue, message) = await api.Bus.NextAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(15), Cancellation);
        Assert.True(VerifyingKey.TryParse(api.Monitor.Keys.PublicJwks[0], out var key, out _));
        var valid = Assert.IsType<JwsResult.Valid>(Jws.Verify(message.Body.Span, JwsType.Order, [key]));
        var order = JsonSerializer.Deserialize(valid.Payload.Span, CoreJson.Default.Order)!;
        Assert.Equal($"commands-{order.Audience}", queue);
        Assert.Equal($"{order.Id}:1", message.MessageId);
        return order;
    }

    public static async Task EndAsync(this ApiUnderTest api, Order order, Outcome outcome)
    {
        var key = Keys.Order(order.Id)!.Value;
        var stored = await api.Table.FindAsync(key, CoreJson.Default.OrderRecord, Cancellation);
        var ended = stored!.Value.Take(new NodeEvent(1, 1, order.Node, api.Monitor.Now, new NodeFact.OrderEnded(order.Id, outcome)));
        Assert.IsType<CommitResult.Committed>(await api.Table.CommitAsync([.. OrderRows.Of(stored with { Value = ended })], Cancellation));
    }

    public static Outcome Checked(MethodAnswer answer) => new() { Result = OutcomeResult.Done, Text = "checked", Answer = answer };
}
