using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>An order of the monitor in words.</summary>
internal static class OrderText
{
    /// <summary>Whom it is for: the node, else the agent.</summary>
    public static string Subject(OrderView order) => order.Node ?? order.Agent;

    public static string Verb(OrderView order) => order.Verb.ToString().ToLowerInvariant();

    /// <summary>Who wanted it, and why.</summary>
    public static string Cause(OrderView order) => ShownText.Printable(order.Automatic is { } reason ? $"ordered automatically ({reason.Condition}: {reason.Explanation})" : $"ordered by {order.By}");

    public static string State(OrderView order) => order.State switch
    {
        OrderState.Stored => "stored, not sent yet",
        OrderState.Sent => order.Attempts > 1 ? string.Create(CultureInfo.InvariantCulture, $"sent {order.Attempts} times") : "sent",
        OrderState.Taken => "taken by the agent",
        _ => End(order),
    };

    /// <summary>What was done and what it cost, in a few lines; none where nothing was.</summary>
    public static IEnumerable<string> Proof(OrderView order) =>
        order.Outcome?.Proof is { } proof ? ProofText.Lines(proof).Select(line => ShownText.Printable($"  {line}")) : [];

    /// <summary>Of an order that is over.</summary>
    public static string End(OrderView order) => order.Outcome is { } outcome
        ? ShownText.Printable($"{Result(outcome.Result)}: {outcome.Text}{Lives(outcome)}")
        : $"expired: its agent {order.Agent} did not take it in time, nothing was done";

    private static string Result(OutcomeResult result) => result switch
    {
        OutcomeResult.Done => "done",
        OutcomeResult.DoneAlready => "done already",
        OutcomeResult.Failed => "failed",
        OutcomeResult.Refused => "refused",
        OutcomeResult.Interrupted => "interrupted",
        _ => result.ToString(),
    };

    private static string Lives(Outcome outcome) => outcome is { Before: null, After: null }
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $" (pid {Pid(outcome.Before)} -> {Pid(outcome.After)})");

    private static string Pid(ProcessIdentity? identity) => identity?.Pid.ToString(CultureInfo.InvariantCulture) ?? "none";
}
