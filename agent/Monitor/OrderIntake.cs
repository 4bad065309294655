using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Is this order, which the monitor signed, one to be carried out now? Pure.</summary>
internal static class OrderIntake
{
    private const int IdLength = 33;
    private const int LongestBy = 64;

    /// <summary>So far the monitor's clock may be ahead of this host's.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    public static IntakeVerdict Judge(Order order, IntakeContext context)
    {
        // Another agent's order may be good: nothing is said of its id.
        if (order.Audience != context.Agent)
        {
            return Refuse($"it is for the agent {order.Audience}", named: false);
        }

        if (order.Id.Length != IdLength || !order.Id.All(char.IsAsciiHexDigitLower))
        {
            return Refuse("its id is not 33 hexadecimal digits", named: false);
        }

        if (context.Orders.All.ContainsKey(order.Id))
        {
            return Refuse($"order {order.Id} came again: it was taken before, and is carried out once", named: false);
        }

        return (Form(order, context) ?? Time(order, context) ?? (context.Orders.IsFull ? $"{JournaledOrders.Most} orders are remembered, and no more fit" : null)) is { } reason
            ? Refuse(reason, named: true)
            : new IntakeVerdict.Take();
    }

    private static string? Form(Order order, IntakeContext context)
    {
        if (order.By.Length > LongestBy || order.By.Any(char.IsControl))
        {
            return $"who ordered it is not told in at most {LongestBy} printable characters";
        }

        if (!Enum.IsDefined(order.Verb) || (order.Method is { } method && !Enum.IsDefined(method)))
        {
            return "this version does not know what it orders";
        }

        if (order.KillAfterMs is { } ms && (ms < 0 || ms > Order.MostKillAfterMs || order.Verb is not (OrderVerb.Restart or OrderVerb.Stop)))
        {
            return $"kill_after_ms is {ms}: 0 to {Order.MostKillAfterMs}, of a restart or a stop";
        }

        if (order is { Automatic: not null } and not { Verb: OrderVerb.Restart, Identity: not null })
        {
            return "an automatic order is the restart of a process that it names, and nothing else";
        }

        if (order.Verb == OrderVerb.Reload)
        {
            return null;
        }

        return order.Node is not { } node ? "it names no node" : context.Knows(node) ? null : $"this agent has no node {node}";
    }

    private static string? Time(Order order, IntakeContext context)
    {
        var now = context.Now.ToUnixTimeSeconds();
        if (order.ExpiresAt <= order.IssuedAt || order.IssuedAt < 0 || order.ExpiresAt - order.IssuedAt > (long)Order.MaxLife.TotalSeconds)
        {
            return $"its life is not more than nothing and at most {Order.MaxLife.TotalMinutes:0} min";
        }

        if (now >= order.ExpiresAt)
        {
            return $"it expired {Words(now - order.ExpiresAt)} ago, by this host's clock";
        }

        if (order.IssuedAt > now + (long)Skew.TotalSeconds)
        {
            return $"it was issued {Words(order.IssuedAt - now)} from now, by this host's clock; at most {Skew.TotalMinutes:0} min are allowed";
        }

        // In whole seconds: of one of the same second nobody can tell on which side it is.
        return order.IssuedAt <= context.Since.ToUnixTimeSeconds() ? "it was issued before this agent's journal was made: it may have been carried out already"
            : order.ExpiresAt <= context.Orders.ForgottenUntil ? "this host's clock was set back, and orders of its time are forgotten: it may have been carried out already"
            : null;
    }

    private static string Words(long seconds) => seconds < 120 ? $"{seconds} s" : seconds < 7200 ? $"{seconds / 60} min" : $"{seconds / 3600} h";

    private static IntakeVerdict.Refuse Refuse(string reason, bool named) => new(named, reason);
}
