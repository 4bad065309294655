namespace MoneroCloud.Core;

/// <summary>Puts into a daemon's evidence how it stands among all daemons that the monitor knows. Pure.</summary>
internal static class FleetChains
{
    /// <summary>
    /// Its agent has compared it among its own daemons already. Whoever knows more others is believed; what a host said too long ago is not, and what was seen
    /// long ago is not compared with what others see today.
    /// </summary>
    public static NodeEvidence Compared(this NodeEvidence evidence, NodeId id, FoldContext context)
    {
        if (evidence.Kind != NodeKind.Daemon)
        {
            return evidence;
        }

        var chain = evidence.HostEvidenceAge > context.Diagnosis.HostEvidenceLimit ? new ChainSighting() : evidence.Chain;
        var isOld = (context.ToldAt ?? context.Now) - evidence.At > context.Diagnosis.HostEvidenceLimit;
        var seen = !isOld && Told(evidence) is { } told && ChainPosition.Of(told, id.Agent) is { } own
            ? ChainComparer.Compare(own, Others(id, context), context.Diagnosis.HostEvidenceLimit)
            : ChainComparison.None;
        return evidence with { Chain = seen.Others > 0 && seen.Others >= (chain.OtherDaemons ?? 0) ? seen.Onto(chain) : chain };
    }

    /// <summary>By whom it will be judged: the younger of two answers.</summary>
    private static ChainAnswer.Told? Told(NodeEvidence evidence)
    {
        var (host, probe) = (Told(evidence.Api), evidence.Probe is { } made ? Told(made.Answer) : null);
        return probe is not null && (host is null || evidence.Probe!.Age <= evidence.HostEvidenceAge) ? probe : host;
    }

    private static ChainAnswer.Told? Told(ApiAnswer answer) => (answer as ApiAnswer.Answered)?.Chain as ChainAnswer.Told;

    private static IEnumerable<ChainWitness> Others(NodeId id, FoldContext context) =>
        context.Daemons.Where(d => d.Id != id).Select(d => new ChainWitness(d.Position, context.Now > d.At ? context.Now - d.At : TimeSpan.Zero));
}
