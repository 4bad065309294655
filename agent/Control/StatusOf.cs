using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Composes what the command line shows of one node from fresh evidence and, where an agent runs, its health.</summary>
internal static class StatusOf
{
    public static NodeStatus View(AgentConfig config, NodeSnapshot view, NodeEvidence evidence, CheckMethod method)
    {
        var diagnosis = Diagnoser.Diagnose(evidence, config.Diagnosis);

        // Shown but not kept: certain evidence shows at once; probable evidence changes the state only by the streak of the regular checks.
        var next = diagnosis.Certainty == Certainty.Certain
            ? HealthMachine.Advance(view.Health, new Observation(After(view.Health.LastNumber), evidence.At), diagnosis, config.Health).Next
            : view.Health;
        return Compose(config, view.Config, evidence, diagnosis, method) with
        {
            State = next.State,
            Since = next.Since,
            Available = view.Available,
            Pid = view.Process?.Identity.Pid,
            Process = PhaseText.Of(view.Phase),
            Restarts = view.Restarts,
            Breaker = view.Breaker,
            LastCheck = evidence.At,
        };
    }

    /// <summary>As the regular checks left it, without a look.</summary>
    public static NodeStatus Kept(AgentConfig config, NodeSnapshot view) => new()
    {
        Id = new NodeId(config.Agent, view.Config.Name).ToString(),
        Name = view.Config.Name.ToString(),
        Kind = view.Config.Kind,
        Port = view.Config.Port,
        Manage = view.Config.Manage,
        State = view.Health.State,
        Condition = view.Health.Last?.Condition ?? view.Health.Condition,
        Message = !view.Available ? "it is not available: neither checked nor supervised" : view.Health.Last?.Explanation ?? "nobody has looked at it yet",
        Worked = view.Available && view.Health.Worked,
        Available = view.Available,
        Since = view.Health.Since,
        Pid = view.Process?.Identity.Pid,
        Process = PhaseText.Of(view.Phase),
        Breaker = view.Breaker,
        Notes = view.Health.Last?.Notes ?? [],
        Restarts = view.Restarts,
        LastCheck = view.Health.Last is null ? null : view.Health.LastCheck,
        Status = view.Health.Worked,
    };

    /// <summary>Without an agent there is no streak: the diagnosis speaks alone.</summary>
    public static NodeStatus Alone(AgentConfig config, NodeConfig node, NodeEvidence evidence, CheckMethod method)
    {
        var diagnosis = Diagnoser.Diagnose(evidence, config.Diagnosis);
        return Compose(config, node, evidence, diagnosis, method) with
        {
            State = diagnosis.State ?? HealthState.Unknown,
            Pid = (evidence.Process as ProcessSighting.Alive)?.Identity.Pid,
        };
    }

    private static NodeStatus Compose(AgentConfig config, NodeConfig node, NodeEvidence evidence, Diagnosis diagnosis, CheckMethod method)
    {
        var answer = MethodAnswers.Of(method, evidence, diagnosis);
        return new NodeStatus
        {
            Id = new NodeId(config.Agent, node.Name).ToString(),
            Name = node.Name.ToString(),
            Kind = node.Kind,
            Port = node.Port,
            Manage = node.Manage,
            State = HealthState.Unknown,
            Condition = diagnosis.Condition,
            Message = diagnosis.Explanation,
            Worked = diagnosis.Worked,
            Available = node.Available,
            Notes = diagnosis.Notes,
            LastCheck = evidence.At,
            Status = answer.Status,
            WorkedData = answer.Details,
        };
    }

    private static ObservationNumber After(ObservationNumber number) => number with { Number = number.Number + 1 };
}
