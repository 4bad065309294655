using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Saves and stops one process: <c>store</c>, <c>stop_wallet</c>, SIGTERM, SIGKILL only after the budget. Ends where the process ends; that is
/// the loop's to see, which also ends the step that was under way.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="process">Its process.</param>
/// <param name="ladder">Where each step is written down.</param>
/// <param name="context">The agent's.</param>
internal sealed class StopLadder(NodeConfig node, SupervisedProcess process, Ladder ladder, NodeContext context)
{
    /// <summary>After <c>stop_wallet</c> has said that it ends: 0.55 s is usual.</summary>
    private static readonly TimeSpan EndsBy = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>What it does is told as often as this while it takes long.</summary>
    private static readonly TimeSpan Tell = TimeSpan.FromSeconds(30);

    private readonly LadderBook _book = new(node.Name, context);

    private AgentClock Clock => context.Clock;

    /// <summary>Returns when the process is gone.</summary>
    /// <param name="silence">Why no answer is to be expected of its RPC; null when one is.</param>
    /// <param name="cancellation">The agent leaves at once: the process is left as it is.</param>
    public async Task RunAsync(string? silence, CancellationToken cancellation)
    {
        // A stopped process would neither save nor see the signal.
        process.Signal(Signals.Continue);
        var asks = node.Kind == NodeKind.WalletRpc;
        ladder.Take(LadderRung.Continue, new StepResult.Ok(), TimeSpan.Zero, asks ? LadderRung.Store : LadderRung.Terminate);
        if (asks)
        {
            // None where the process ended meanwhile: the loop has the word then.
            if (await StoreAsync(silence, cancellation) is not { } stored)
            {
                return;
            }

            ladder.End(LadderRung.Store, stored, LadderRung.StopWallet);
            if (await StopWalletAsync(stored, cancellation) is not { } stopped)
            {
                return;
            }

            ladder.End(LadderRung.StopWallet, stopped, LadderRung.Terminate);
        }

        if (await TerminateAsync(cancellation))
        {
            return;
        }

        Began("SIGKILL");
        process.Signal(Signals.Kill);
        await process.Exited.WaitAsync(cancellation);
    }

    private async Task<StepResult?> StoreAsync(string? silence, CancellationToken cancellation)
    {
        if (StopPlan.WhyNoStore(silence, ladder.Left) is { } why)
        {
            return new StepResult.Skipped(why);
        }

        using var client = NodeRpc.ClientFor(node, StopPlan.MostForRpc, Clock.Provider);

        // The last look may be some seconds old. This one is quick where there is an answer, and says what a save is about to keep.
        var quick = Shorter(context.Config().Checks.RpcDeadline, StopPlan.ForRpc(ladder.Left));
        var height = await AskAsync(c => client.GetHeightAsync(quick, c), quick, cancellation);
        ladder.Know(w => w.Seen(height));
        if (StopPlan.WhyNoStore(height) is { } unable)
        {
            return process.Exited.IsCompleted ? null : new StepResult.Skipped(unable);
        }

        Began("store");
        var limit = StopPlan.ForRpc(ladder.Left);
        var reply = await AskAsync(c => client.StoreAsync(limit, c), limit, cancellation);
        ladder.Know(w => reply is null ? w : w.Stored(reply, Clock.Wall));
        return reply is null ? Unanswered() : StopPlan.Of(reply);
    }

    private async Task<StepResult?> StopWalletAsync(StepResult stored, CancellationToken cancellation)
    {
        if (StopPlan.WhyNoStopWallet(process.Adopted, stored, ladder.Left) is { } why)
        {
            return new StepResult.Skipped(why);
        }

        Began("stop_wallet");
        using var client = NodeRpc.ClientFor(node, StopPlan.MostForRpc, Clock.Provider);
        var limit = StopPlan.ForRpc(ladder.Left);
        var reply = await AskAsync(c => client.StopWalletAsync(limit, c), limit, cancellation);
        ladder.Know(w => reply is null ? w : w.Stored(reply, Clock.Wall) with { Ending = reply is RpcReply.Done });
        if (reply is RpcReply.Done)
        {
            return await UntilAsync(process.Exited, EndsBy, cancellation) ? null : new StepResult.Overdue($"it said that it had saved and ends, and is still there after {Words.Duration(EndsBy)}");
        }

        return reply is null ? Unanswered() : StopPlan.Of(reply);
    }

    /// <summary>True when it is gone within the budget.</summary>
    private async Task<bool> TerminateAsync(CancellationToken cancellation)
    {
        if (process.Exited.IsCompleted)
        {
            return true;
        }

        // Continued once more behind the signal: one that was stopped meanwhile, or stops itself, finds it at once.
        var progress = new EndProgress(process, context.Launcher.LogFile(node.Name));
        Began("SIGTERM");
        process.Signal(Signals.Terminate);
        process.Signal(Signals.Continue);
        var told = Clock.Now;
        var ended = await UntilAsync(process.Exited, TimeSpan.MaxValue, cancellation, () =>
        {
            // A process that was stopped meanwhile would keep the signal pending for the whole budget.
            if (process.See() is ProcessSighting.Alive { RunState: ProcessRunState.Stopped })
            {
                process.Signal(Signals.Continue);
            }

            var tell = Clock.Now - told >= Tell;
            told = tell ? Clock.Now : told;
            ladder.Saw(progress.Look(), tell);
        });
        if (!ended)
        {
            ladder.End(LadderRung.Terminate, new StepResult.Overdue($"it has not ended; meanwhile it {progress.Look() ?? "ended"}"), LadderRung.Kill);
        }

        return ended;
    }

    /// <summary>Null when the process ended before it answered, or no time was left.</summary>
    private async Task<T?> AskAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan limit, CancellationToken cancellation)
        where T : class
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asking = ask(enough.Token);

        // The client has the same limit, and says what it is that did not come.
        await UntilAsync(asking, limit + Look, cancellation);
        await enough.CancelAsync();
        try
        {
            return await asking;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private StepResult.Overdue? Unanswered() => process.Exited.IsCompleted ? null : new StepResult.Overdue("the time before SIGKILL was used up, or shortened");

    /// <summary>Waits for it, for the process's end, or until the time is over, whichever comes first; the ladder's budget counts as it is at each moment.</summary>
    /// <returns>False when the time was over.</returns>
    private async Task<bool> UntilAsync(Task wanted, TimeSpan most, CancellationToken cancellation, Action? look = null)
    {
        var begun = Clock.Now;
        while (!wanted.IsCompleted && !process.Exited.IsCompleted)
        {
            // In this order: shortened between the two, the signal is the one that has completed.
            var shortened = ladder.Shortened;
            var left = Shorter(ladder.Left, most - (Clock.Now - begun));
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await Task.WhenAny(wanted, process.Exited, shortened, Task.Delay(Shorter(left, Look), Clock.Provider, cancellation));
            cancellation.ThrowIfCancellationRequested();
            look?.Invoke();
        }

        return true;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Began(string step)
    {
        if (!process.Exited.IsCompleted)
        {
            _book.Tell(Clock.Wall, new NodeFact.Stopping(process.Identity.Pid, step));
        }
    }
}
