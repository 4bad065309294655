using Phase = MoneroCloud.Agent.ProcessPhase;

namespace MoneroCloud.Agent;

/// <summary>
/// The table (phase, event) -> (phase, effects) of one node's process. Pure: the clock and the dice come in.
/// A pair that is not listed changes nothing.
/// </summary>
internal static class ProcessMachine
{
    /// <summary>A port held by somebody else is looked at again after this.</summary>
    public static readonly TimeSpan HoldRetry = TimeSpan.FromSeconds(2);

    /// <param name="now">Monotonic.</param>
    /// <param name="dice">0 to 1, for the jitter of the back-off.</param>
    public static MachineStep Decide(MachineState state, ProcessEvent happened, SupervisionPolicy policy, TimeSpan now, double dice) =>
        (state.Phase, happened) switch
        {
            (Phase.Stopped, ProcessEvent.StartWanted or ProcessEvent.RestartWanted) => Start(state, now),
            (Phase.Stopped or Phase.BackingOff or Phase.Broken, ProcessEvent.Adopted) => To(state, new Phase.Starting(now)),

            (Phase.Starting or Phase.Ready, ProcessEvent.StopWanted) => To(state, new Phase.Stopping(ThenStart: false), new ProcessEffect.BeginStop()),
            (Phase.Starting, ProcessEvent.RestartWanted { ByOperator: false }) => To(state, new Phase.Stopping(ThenStart: true, FailedStart: true), new ProcessEffect.BeginStop()),
            (Phase.Starting or Phase.Ready, ProcessEvent.RestartWanted wanted) => To(Forgiven(state, wanted.ByOperator), new Phase.Stopping(ThenStart: true), new ProcessEffect.BeginStop()),
            (Phase.Starting, ProcessEvent.Answered) => To(state, new Phase.Ready(now)),
            (Phase.Starting, ProcessEvent.Exited or ProcessEvent.SpawnFailed) => Fail(state, policy, now, dice),
            (Phase.Starting, ProcessEvent.SpawnHeld) => To(state, new Phase.BackingOff(now + HoldRetry)),
            (Phase.Ready ready, ProcessEvent.Due) when state.History.HalfOpen && now - ready.Since >= policy.ReadyProof => Closed(state),
            (Phase.Ready ready, ProcessEvent.Exited) => ExitAfterReady(state, now - ready.Since, policy, now, dice),

            (Phase.Stopping { ThenStart: true, FailedStart: true }, ProcessEvent.Exited) => Fail(state, policy, now, dice),
            (Phase.Stopping { ThenStart: true }, ProcessEvent.Exited) => Start(state, now),
            (Phase.Stopping { ThenStart: false }, ProcessEvent.Exited) => To(state, new Phase.Stopped()),
            (Phase.Stopping, ProcessEvent.StopWanted) => To(state, new Phase.Stopping(ThenStart: false)),
            (Phase.Stopping, ProcessEvent.StartWanted or ProcessEvent.RestartWanted) => To(state, new Phase.Stopping(ThenStart: true)),

            (Phase.BackingOff waiting, ProcessEvent.Due) when now >= waiting.Until => Start(state, now),
            (Phase.Broken open, ProcessEvent.Due) when now >= open.Until => Start(state with { History = state.History with { HalfOpen = true } }, now),
            (Phase.BackingOff or Phase.Broken, ProcessEvent.StartWanted { ByOperator: true } or ProcessEvent.RestartWanted { ByOperator: true }) => Start(Forgiven(state, true), now),
            (Phase.BackingOff or Phase.Broken, ProcessEvent.StopWanted) => To(state, new Phase.Stopped()),

            _ => new MachineStep(state, []),
        };

    private static MachineStep To(MachineState state, Phase phase, params ProcessEffect[] effects) =>
        new(state with { Phase = phase }, [.. effects]);

    private static MachineStep Start(MachineState state, TimeSpan now) =>
        To(state, new Phase.Starting(now), new ProcessEffect.Spawn());

    private static MachineState Forgiven(MachineState state, bool byOperator) =>
        byOperator ? state with { History = ProcessHistory.Empty } : state;

    private static MachineStep Closed(MachineState state) =>
        new(state with { History = state.History with { HalfOpen = false } }, []);

    private static MachineStep ExitAfterReady(MachineState state, TimeSpan readyFor, SupervisionPolicy policy, TimeSpan now, double dice)
    {
        if (readyFor < policy.ReadyProof)
        {
            return Fail(state, policy, now, dice);
        }

        var before = readyFor >= policy.ResetAfter ? ProcessHistory.Empty : state.History;
        var history = before.Exited(now, failedStart: false, policy) with { HalfOpen = false, BackOffs = 0 };
        return history.Exits.Length >= policy.Exits
            ? Break(history, policy, now, $"{history.Exits.Length} exits in {policy.BreakerWindow.TotalMinutes:0} min")
            : Start(state with { History = history }, now);
    }

    private static MachineStep Fail(MachineState state, SupervisionPolicy policy, TimeSpan now, double dice)
    {
        var history = state.History.Exited(now, failedStart: true, policy);
        if (history.HalfOpen)
        {
            return Break(history, policy, now, "the one start that was tried failed again");
        }

        if (history.FailedStarts.Length >= policy.FailedStarts)
        {
            return Break(history, policy, now, $"{history.FailedStarts.Length} starts in {policy.BreakerWindow.TotalMinutes:0} min did not last {policy.ReadyProof.TotalSeconds:0.#} s");
        }

        var wait = Doubled(policy.BackOffMin, policy.BackOffMax, history.BackOffs) * (0.75 + (0.5 * dice));
        var next = state with { Phase = new Phase.BackingOff(now + wait), History = history with { BackOffs = history.BackOffs + 1 } };
        return new MachineStep(next, [new ProcessEffect.BackedOff(wait)]);
    }

    private static MachineStep Break(ProcessHistory history, SupervisionPolicy policy, TimeSpan now, string why)
    {
        var open = Doubled(policy.BreakerOpen, policy.BreakerMax, history.Openings);
        var next = history with { HalfOpen = false, Openings = history.Openings + 1, FailedStarts = [], Exits = [] };
        return new MachineStep(new MachineState(new Phase.Broken(now + open), next), [new ProcessEffect.BreakerOpened(open, why)]);
    }

    internal static TimeSpan Doubled(TimeSpan first, TimeSpan most, int times) =>
        TimeSpan.FromTicks(Math.Min(most.Ticks, first.Ticks << Math.Min(times, 20)));
}
