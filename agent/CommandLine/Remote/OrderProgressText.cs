using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How an order of a monitor goes on, in lines: each state, each step once. For one order.</summary>
internal sealed class OrderProgressText
{
    private readonly HashSet<(LadderRung Rung, DateTimeOffset Began)> told = [];
    private OrderState? state;
    private LadderStep? current;

    /// <summary>What was not said before.</summary>
    public IEnumerable<string> New(OrderView order)
    {
        if (order.State != state && order.State is not (OrderState.Stored or OrderState.Ended or OrderState.Expired))
        {
            yield return OrderText.State(order);
        }

        state = order.State;
        foreach (var line in NewSteps(order))
        {
            yield return line;
        }
    }

    /// <inheritdoc cref="New"/>
    public IEnumerable<string> NewSteps(OrderView order)
    {
        foreach (var step in (order.Steps ?? []).Where(s => told.Add((s.Rung, s.Began))))
        {
            yield return Line(step);
        }

        if (order.Step is { } now && now != current)
        {
            current = now;
            yield return Line(now);
        }
    }

    private static string Line(LadderStep step) =>
        ShownText.Printable(string.Create(CultureInfo.InvariantCulture, $"  {step.Began.ToLocalTime():HH:mm:ss.fff}  {ProofText.Of(step)}"));
}
