using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What the agent does by itself about a diagnosis: SIGCONT once, opening the wallet, a restart in its turn. Used by the node's loop alone.</summary>
internal sealed class NodeCure(NodeName node, NodeContext context, NodeMachine machine, NodeHealth health, NodeTasks tasks, NodeTimes times)
{
    private readonly WalletDuty _wallet = new();
    private SupervisedProcess? _continued;

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
            case Remedy.Continue when _continued != process:
                _continued = process;
                process.Signal(Signals.Continue);
                context.Events.Add(node, context.Clock.Wall, new NodeFact.Signalled(process.Identity.Pid, Signals.Continue, diagnosis.Explanation));
                times.CheckSoon(TimeSpan.Zero);
                break;
            case Remedy.OpenWallet when _wallet.IsDue(context.Clock.Now):
                tasks.BeginOpenWallet(config, process);
                break;
            case Remedy.Restart when health.Confirms(diagnosis) && context.Remedies.TryTake(node):
                context.Log.Write(node.ToString(), $"restarted by the agent: {diagnosis.Explanation}");
                machine.Decide(new ProcessEvent.RestartWanted(ByOperator: false), config);
                break;
        }

        if (diagnosis.Condition != Condition.Stopped)
        {
            _continued = null;
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
        times.CheckNow();
    }
}
