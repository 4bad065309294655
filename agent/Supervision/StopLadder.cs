using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Saves and stops one process: store, then SIGTERM, then SIGKILL only after the declared budget.</summary>
internal sealed class StopLadder(NodeConfig node, SupervisedProcess process, AgentClock clock, Action<NodeFact> record)
{
    /// <summary>Bound of the save before the signal; a wallet that answers saves in well under a second, a large one in some.</summary>
    private static readonly TimeSpan StoreDeadline = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the process is gone.</summary>
    /// <param name="answers">The RPC answered at the last check: only then is it asked to save.</param>
    /// <param name="cancellation">The agent leaves at once: the process is left as it is.</param>
    public async Task RunAsync(bool answers, CancellationToken cancellation)
    {
        var deadline = clock.Now + node.StopBudget;

        // A stopped process would neither save nor see the signal.
        Signal(Signals.Continue, null);
        if (answers && node.Kind == NodeKind.WalletRpc)
        {
            await StoreAsync(cancellation);
        }

        // Continued once more behind the signal: one that was stopped meanwhile, or stops itself, finds it at once.
        Signal(Signals.Terminate, "SIGTERM");
        Signal(Signals.Continue, null);
        if (!await ExitedWithinAsync(deadline - clock.Now, cancellation))
        {
            Signal(Signals.Kill, "SIGKILL");
            await process.Exited.WaitAsync(cancellation);
        }
    }

    private async Task StoreAsync(CancellationToken cancellation)
    {
        record(new NodeFact.Stopping(process.Identity.Pid, "store"));
        using var client = NodeRpc.ClientFor(node, StoreDeadline, clock.Provider);
        using var exited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var store = client.StoreAsync(StoreDeadline < node.StopBudget / 2 ? StoreDeadline : node.StopBudget / 2, exited.Token);
        await Task.WhenAny(store, process.Exited);
        await exited.CancelAsync();
        try
        {
            await store;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // It exited meanwhile; the exit tells whether it saved.
        }
    }

    private void Signal(int signal, string? step)
    {
        if (step is not null && !process.Exited.IsCompleted)
        {
            record(new NodeFact.Stopping(process.Identity.Pid, step));
        }

        process.Signal(signal);
    }

    /// <summary>Waits, and continues a process that was stopped meanwhile: it would keep the signal pending for the whole budget.</summary>
    private async Task<bool> ExitedWithinAsync(TimeSpan budget, CancellationToken cancellation)
    {
        var deadline = clock.Now + budget;
        while (!process.Exited.IsCompleted && clock.Now < deadline)
        {
            var left = deadline - clock.Now;
            await Task.WhenAny(process.Exited, Task.Delay(left < Look ? left : Look, clock.Provider, cancellation));
            cancellation.ThrowIfCancellationRequested();
            if (process.See() is ProcessSighting.Alive { RunState: ProcessRunState.Stopped })
            {
                process.Signal(Signals.Continue);
            }
        }

        return process.Exited.IsCompleted;
    }
}
