namespace MoneroCloud.Agent;

/// <summary>Looks at the children's logs every half minute and rotates those that have grown too large.</summary>
internal sealed class LogRotator : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Agent _agent;
    private readonly AgentClock _clock;
    private readonly AgentLog _log;
    private readonly Task _running;

    public LogRotator(Agent agent, AgentClock clock, AgentLog log)
    {
        (_agent, _clock, _log) = (agent, clock, log);
        _running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Period, _clock.Provider);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                foreach (var node in _agent.Nodes.Keys)
                {
                    if (LogRotation.RotateIfLarge(_agent.Launcher.LogFile(node)) is LogRotationResult.Failed failed)
                    {
                        _log.Write(node.ToString(), failed.Reason);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Leaving.
        }
    }
}
