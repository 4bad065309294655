using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What the command line shows of a node that a monitor told of.</summary>
internal static class RemoteStatusOf
{
    /// <summary>As it is stored.</summary>
    public static NodeStatus View(NodeView node) => new()
    {
        Id = node.Id,
        Name = node.Name,
        Kind = node.Kind,
        Port = node.Port,
        State = node.State,
        Condition = node.Condition,
        Message = ShownText.Printable(node.Message),
        Worked = node.Worked,
        Available = node.Available,
        Since = node.Since,
        Pid = node.Pid,
        Manage = node.Manage,
        Process = node.Phase is { } phase ? ShownText.Printable(phase) : null,
        Breaker = node.Breaker is { } breaker ? breaker with { Why = ShownText.Printable(breaker.Why) } : null,
        LastRestart = node.LastRestart,
        HeldRestart = node.HeldRestart,
        Notes = node.Notes ?? [],
        Restarts = node.Restarts,
        LastCheck = node.LastCheck,
        Status = node.Worked,
        WorkedData = node.WorkedData,
    };

    /// <summary>
    /// With a check made just now. Shown but not kept: what is certain shows at once, what is probable changes the state by its streak only.
    /// </summary>
    public static NodeStatus Checked(NodeView node, MethodAnswer answer)
    {
        var condition = answer.Details.Condition ?? node.Condition;
        return View(node) with
        {
            State = CertainState(condition) ?? node.State,
            Condition = condition,
            Message = ShownText.Printable(answer.Details.Explanation ?? node.Message),
            Worked = condition == Condition.Healthy,
            Status = answer.Status,
            LastCheck = answer.Details.LastCheck ?? node.LastCheck,
            WorkedData = answer.Details,
        };
    }

    /// <summary>With its line of a check of all nodes; what was not checked is not known to be usable.</summary>
    public static NodeStatus Checked(NodeView node, CheckedNode answer) => View(node) with
    {
        State = answer.State,
        Condition = answer.Condition ?? node.Condition,
        Message = ShownText.Printable(answer.Message),
        Worked = answer.Condition == Condition.Healthy,
        Status = answer.Status,
    };

    private static HealthState? CertainState(Condition condition)
    {
        foreach (var row in Diagnoser.Rows)
        {
            if (row.Condition == condition && row.Certainty == Certainty.Certain)
            {
                return row.State;
            }
        }

        return null;
    }
}
