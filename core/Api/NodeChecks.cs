namespace MoneroCloud.Core;

/// <summary>
/// Checks of nodes for a program that uses them: one call, one answer. A node that does not work is an answer; only when there is none,
/// <see cref="MonitorException"/> is thrown. For use by many at once.
/// </summary>
/// <example>
/// <code>
/// using var client = new MonitorClient(new MonitorTarget { Address = address, Key = key });
/// var checks = new NodeChecks(client);
/// var answer = await checks.CheckAsync("main-node");
/// if (!answer.Status)
/// {
///     throw new InvalidOperationException($"main-node is not usable: {answer.Details.Explanation}");
/// }
/// </code>
/// </example>
/// <param name="client">Stays the caller's.</param>
public sealed class NodeChecks(MonitorClient client)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long a check may take whose node is looked at by its agent; default 60 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Checks a node now. Nothing is stored.</summary>
    /// <param name="node">Its id, or a name that no other node has.</param>
    /// <exception cref="MonitorException">There is no answer.</exception>
    public Task<MethodAnswer> CheckAsync(string node, CheckMethod method = CheckMethod.Api, CancellationToken cancellation = default) =>
        CheckAsync(node, method, save: false, cancellation);

    /// <summary>Checks a node now and takes the result into its health, as a regular check.</summary>
    /// <inheritdoc cref="CheckAsync(string, CheckMethod, CancellationToken)"/>
    public Task<MethodAnswer> UpdateAsync(string node, CheckMethod method = CheckMethod.Api, CancellationToken cancellation = default) =>
        CheckAsync(node, method, save: true, cancellation);

    /// <summary>Checks all nodes that are available, and counts.</summary>
    /// <param name="save">Take the results into the nodes' health.</param>
    /// <exception cref="MonitorException">There is no answer.</exception>
    public async Task<CheckSummary> CheckAllAsync(CheckMethod method = CheckMethod.Api, bool save = false, CancellationToken cancellation = default) =>
        Value(await client.CheckAllAsync(method, save, MonitorClient.MaxWait, cancellation));

    /// <summary>The health of the fleet and of its monitor.</summary>
    /// <exception cref="MonitorException">There is no answer.</exception>
    public async Task<HealthView> HealthAsync(CancellationToken cancellation = default) => Value(await client.HealthAsync(cancellation));

    private async Task<MethodAnswer> CheckAsync(string node, CheckMethod method, bool save, CancellationToken cancellation)
    {
        var begun = client.Time.GetTimestamp();
        switch (Value(await client.CheckAsync(node, method, save, Least(Patience, MonitorClient.MaxWait), cancellation)))
        {
            case NodeCheck.Made made:
                return new MethodAnswer(made.Answer.Status, made.Answer.Details);
            case NodeCheck.Ordered { Order: var order }:
                while (!IsOver(order) && client.Time.GetElapsedTime(begun) < Patience)
                {
                    await Task.Delay(Pause, client.Time, cancellation);
                    order = Value(await client.OrderAsync(order.Id, cancellation));
                }

                return order.Outcome?.Answer ?? throw new MonitorException(null, Unanswered(node, order));
            default:
                throw new InvalidOperationException("a check is either made or ordered");
        }
    }

    private string Unanswered(string node, OrderView order) => order switch
    {
        { Outcome: { } outcome } => $"The check of {node} was not made: {ShownText.Of(outcome.Text, null)}",
        { State: OrderState.Expired } => $"The check of {node} was not made: its agent {order.Agent} did not take the order {order.Id} in time",
        _ => $"The check of {node} was not made: its agent {order.Agent} has not answered the order {order.Id} within {Words.Duration(Patience)}",
    };

    private T Value<T>(MonitorReply<T> reply)
        where T : class => reply switch
        {
            MonitorReply<T>.Got got => got.Value,
            MonitorReply<T>.Refused refused => throw new MonitorException(refused.Status, refused.Text),
            MonitorReply<T>.NoAnswer none => throw new MonitorException(null, $"The monitor at {client.Address} {none.Reason}"),
            _ => throw new InvalidOperationException(reply.GetType().Name),
        };

    private static bool IsOver(OrderView order) => order.State is OrderState.Ended or OrderState.Expired;

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
