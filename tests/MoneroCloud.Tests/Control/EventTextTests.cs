using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class EventTextTests
{
    public static TheoryData<NodeFact, string> Texts => new()
    {
        { new NodeFact.Spawned(7), "started, pid 7" },
        { new NodeFact.Adopted(7), "adopted, pid 7" },
        { new NodeFact.Found(7), "found, pid 7" },
        { new NodeFact.SpawnFailed("cannot start /x: no such file"), "cannot start /x: no such file" },
        { new NodeFact.Answered(65561, 1020), "answered for the first time, 1020 ms after its start (version 1.25)" },
        { new NodeFact.WalletOpened(2300), "opened its wallet in 2300 ms" },
        { new NodeFact.WalletOpenFailed("error -1"), "could not open its wallet: error -1" },
        { new NodeFact.Exited(7, null, 9, ExitCause.Unknown, false), "exited (signal 9), pid 7" },
        { new NodeFact.Exited(7, 1, null, ExitCause.PortTaken, false), "exited (code 1, PortTaken), pid 7" },
        { new NodeFact.Exited(7, null, null, ExitCause.Unknown, true), "exited (code unknown), pid 7, as ordered" },
        { new NodeFact.Stopping(7, "SIGTERM"), "stopping, pid 7: SIGTERM" },
        { new NodeFact.Signalled(7, 18, "it was stopped"), "signal 18 to pid 7: it was stopped" },
        { new NodeFact.UnitCommand("w.service", "restart", "it hangs", null), "systemctl restart w.service: it hangs; done" },
        { new NodeFact.UnitCommand("w.service", "stop", "ordered by root", "code 1"), "systemctl stop w.service: ordered by root; failed: code 1" },
        { new NodeFact.BackedOff(1250), "waits 1.3 s before the next start" },
        { new NodeFact.BreakerOpened(600_000, "5 starts failed"), "breaker open for 600 s: 5 starts failed" },
        { new NodeFact.Ordered("restart", "root"), "restart ordered by root" },
        { new NodeFact.Observed(new ObservedEvidence(1, default, 1, new VerdictRow(Condition.Hung, 2, []), null!)), "observed Hung, 2 in a row" },
        { new NodeFact.OrderTaken("a1", OrderVerb.Restart), "order a1: restart, taken" },
        { new NodeFact.OrderEnded("a1", new Outcome { Result = OutcomeResult.Done, Text = "restarted" }), "order a1: Done: restarted" },
        { new NodeFact.OrderRefused("a1", "it is for another agent"), "refused an order (a1): it is for another agent" },
        { new NodeFact.OrderRefused(null, "its signature is wrong"), "refused an order: its signature is wrong" },
        { new NodeFact.LadderMoved("a1", new LadderStep(LadderRung.Store, default, 310, new StepResult.Ok()), LadderRung.Terminate), "step store: ok after 0.31 s" },
        { new NodeFact.LadderMoved(null, new LadderStep(LadderRung.Store, default, 310, new StepResult.Declined(-1, "failed to save file")), null), "step store: refused after 0.31 s: error -1, failed to save file" },
        { new NodeFact.LadderMoved(null, new LadderStep(LadderRung.Terminate, default, null, new StepResult.Underway("used 0 s of CPU")), null), "step SIGTERM: under way: used 0 s of CPU" },
        { new NodeFact.Proved(Messages.WireSamples.Proof), "restarted in 13.4 s, pid 4242 -> 4311; lost: what happened since the save at 2026-01-15 10:25:45 UTC may have to be scanned again (60 blocks were missing); notes, labels and transaction keys written since then may be missing, the seed and the funds are not touched" },
        { new NodeFact.Proved(Messages.WireSamples.Proof with { State = ProofState.Incomplete, After = null, Losses = null, Steps = [new LadderStep(LadderRung.Port, default, 1, new StepResult.Failed("port 1 is held by x (pid 2)"))] }), "not completed in 13.4 s, pid 4242; port free: failed after 0 s: port 1 is held by x (pid 2)" },
        { new NodeFact.BreakerClosed("alice ordered start"), "breaker closed: alice ordered start" },
        { new NodeFact.Lost(7), "7 events were dropped: the monitor could not be reached for too long" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_fact_has_its_words(NodeFact fact, string text) =>
        Assert.Equal(text, EventText.What(new EventEntry { Node = NodeName.Parse("main"), At = default, Fact = fact }));

    [Fact]
    public void No_fact_is_without_words() =>
        Assert.Equal(
            typeof(NodeFact).GetNestedTypes().Select(t => t.Name).Order(),
            Texts.Select(t => t.Data.Item1.GetType().Name).Distinct().Order());

    [Fact]
    public void A_transition_tells_from_what_to_what_and_why()
    {
        var transition = new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, default, "the process exited (signal 9)");

        Assert.Equal(
            "Up -> Down: Exited: the process exited (signal 9)",
            EventText.What(new EventEntry { Node = NodeName.Parse("main"), At = default, Transition = transition }));
    }
}
