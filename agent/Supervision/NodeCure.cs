using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What the agent does by itself about a diagnosis: SIGCONT once, opening the wallet, a restart in its turn. Used by the node's loop alone.</summary>
internal sealed class NodeCure(NodeName node, NodeContext context, INodeMachine machine, NodeHealth health, NodeTasks tasks, NodeTimes times, NodeLadder ladder)
{
    private readonly WalletDuty _wallet = new();
    private NodeLife? _continued;

    /// <summary>Why the last open of the declared wallet failed; null when it did not.</summary>
    public string? WalletFailure => _wallet.Failure;

    public void NewLife()
    {
        _wallet.NewLife();
        _continued = null;
    }

    public void Apply(Diagnosis diagnosis, NodeConfig config)
    {
        // An exit is the machine's affair, with its back-off and breaker; its message is on the way.
        if (machine.Process is not { } process || machine.Phase is ProcessPhase.Stopping || diagnosis.Condition is Condition.Exited or Condition.PidReused)
        {
            return;
        }

        switch (diagnosis.Remedy)
        {
            case Remedy.Continue when process is SupervisedProcess own && _continued != own:
                _continued = own;
                own.Signal(Signals.Continue);
                context.Events.Add(node, context.Clock.Wall, new NodeFact.Signalled(process.Identity.Pid, Signals.Continue, diagnosis.Explanation));
                times.CheckSoon(TimeSpan.Zero);
                break;
            case Remedy.OpenWallet when process is SupervisedProcess own && _wallet.IsDue(context.Clock.Now):
                ladder.Opening();
                tasks.BeginOpenWallet(config, own);
                break;
            case Remedy.Restart when machine.AllowsRestart && health.Confirms(diagnosis) && context.Duty.Actor == RemedyActor.Agent && context.Remedies.TryTake(node):
                context.Log.Write(node.ToString(), $"restarted by the agent: {diagnosis.Explanation}");
                ladder.For(new RestartReason.ByDiagnosis());
                machine.Decide(new ProcessEvent.RestartWanted(ByOperator: false), config);
                break;
        }

        if (diagnosis.Condition != Condition.Stopped)
        {
            _continued = null;
        }
    }

    /// <summary>The monitor's automatic order for the life that is there, or was.</summary>
    public OrderAnswer Obey(OrderTerms terms, NodeWishes wishes, NodeConfig config)
    {
        var before = machine.Process?.Identity;
        switch (AutomaticOrder.Judge(machine.Phase, machine.Breaker, wishes.Desired, health.Health))
        {
            case AutomaticOrder.Refuse refuse:
                return new OrderAnswer.Refused(refuse.Reason);
            case AutomaticOrder.Follow:
                return new OrderAnswer.Taken(before, ladder.Attach(terms));
            case AutomaticOrder.Begin when !context.Remedies.TryTake(node):
                return new OrderAnswer.NotYet("another node of this host was being restarted until the order expired: one at a time");
            default:
                context.Events.Add(node, context.Clock.Wall, new NodeFact.Ordered("restart", terms.By));
                ladder.For(new RestartReason.ByOrder("restart", terms.By), terms);
                machine.Decide(new ProcessEvent.RestartWanted(ByOperator: false), config);
                times.CheckNow();
                return new OrderAnswer.Taken(before, ladder.Attach(terms));
        }
    }

    public void WalletOpened(NodeMessage.WalletOpened opened)
    {
        tasks.OpenEnded();
        if (opened.Process != machine.Process)
        {
            return;
        }

        _wallet.Ended(opened.Failure, context.Clock.Now);
        context.Events.Add(node, context.Clock.Wall, opened.Failure is null
            ? new NodeFact.WalletOpened((long)opened.Took.TotalMilliseconds)
            : new NodeFact.WalletOpenFailed(opened.Failure));
        ladder.WalletOpened(opened.Failure);
        times.CheckNow();
    }
}
