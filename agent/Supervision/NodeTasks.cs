using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What runs beside a node's loop: one check at a time, one stop ladder a life, one opening of the wallet.</summary>
internal sealed class NodeTasks(NodeContext context, NodeName node, EvidenceGatherer gatherer, Action<NodeMessage> post, CancellationToken leaving) : IAsyncDisposable
{
    private readonly List<Task> _running = [];
    private SupervisedProcess? _stopping;
    private SupervisedProcess? _opening;
    private TimeSpan _openingSince;
    private bool _checking;

    /// <summary>Gathers evidence and posts it, unless a check runs already.</summary>
    /// <param name="prepare">Finds what to look at; null from it when there is nothing to look at yet.</param>
    public void BeginCheck(LookRequest request, Func<LookRequest, CancellationToken, Task<LookRequest?>> prepare)
    {
        if (_checking)
        {
            return;
        }

        _checking = true;
        Run("check", async () =>
        {
            try
            {
                if (await prepare(request, leaving) is { } ready)
                {
                    post(new NodeMessage.Gathered(await gatherer.LookAsync(ready, leaving), ready.Process));
                }
            }
            finally
            {
                post(new NodeMessage.CheckEnded());
            }
        });
    }

    /// <summary>Who else holds the node's port, so that no start is worth a try; null when nobody does.</summary>
    public PortSighting.Taken? PortHolder(NodeConfig config) => gatherer.LookAtPort(config, null) as PortSighting.Taken;

    public void CheckEnded() => _checking = false;

    /// <param name="config">What the process runs with.</param>
    /// <param name="silence">Why its RPC is not expected to answer; null when it is.</param>
    public void BeginStop(NodeConfig config, SupervisedProcess process, Ladder ladder, string? silence)
    {
        if (_stopping == process)
        {
            return;
        }

        _stopping = process;
        var why = silence ?? Stranger(config, process);
        Run("stop", () => new StopLadder(config, process, ladder, context).RunAsync(why, leaving));
    }

    /// <summary>Whoever else has the port is not asked to save, and still less to end.</summary>
    private string? Stranger(NodeConfig config, SupervisedProcess process) => gatherer.LookAtPort(config, process) is PortSighting.Taken holder
        ? $"its port {config.Port} is held by another process ({holder.Name ?? "unknown"}, pid {holder.Pid?.ToString() ?? "unknown"})"
        : null;

    public void BeginOpenWallet(NodeConfig config, SupervisedProcess process)
    {
        if (_opening is not null)
        {
            return;
        }

        (_opening, _openingSince) = (process, context.Clock.Now);
        var budget = context.Config().Diagnosis.BusyBudget;
        Run("open the wallet", async () =>
        {
            var started = context.Clock.Now;
            var failure = await WalletOpener.OpenAsync(config, process, budget, context.Clock.Provider, leaving);
            post(new NodeMessage.WalletOpened(process, failure, context.Clock.Now - started));
        });
    }

    /// <summary>Something else that takes time; it reports into the loop by itself.</summary>
    public void Begin(string what, Func<CancellationToken, Task> work) => Run(what, () => work(leaving));

    public void OpenEnded() => _opening = null;

    /// <summary>Our own open_wallet keeps the RPC busy: asking it meanwhile would only call that silence. After the grace it is asked all the same.</summary>
    public bool IsOpening(TimeSpan grace) => _opening is not null && context.Clock.Now - _openingSince < grace;

    public async ValueTask DisposeAsync()
    {
        Task[] left;
        lock (_running)
        {
            left = [.. _running];
        }

        await Task.WhenAll(left);
    }

    private void Run(string what, Func<Task> work)
    {
        var task = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (leaving.IsCancellationRequested)
            {
                // The agent leaves; the process stays as it is.
            }
            catch (Exception bug)
            {
                context.Log.Bug(node.ToString(), what, bug);
            }
        });
        lock (_running)
        {
            _running.RemoveAll(t => t.IsCompleted);
            _running.Add(task);
        }
    }
}
