using System.Text;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Tests.Messages;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>An order's steps as its record takes them from the agent's events.</summary>
public sealed class OrderStepsTests
{
    private static OrderRecord Taken { get; } = RowSamples.Order(OrderState.Taken) with { Steps = null, Step = null };

    [Fact]
    public void The_steps_and_the_one_under_way_show_while_it_runs_and_at_its_end_the_proof_has_them()
    {
        var (store, stop) = (WireSamples.Steps[1], WireSamples.Steps[2]);
        var first = Taken.Take(Event(1, new NodeFact.LadderMoved(WireSamples.OrderId, store, LadderRung.StopWallet)));
        Assert.Equal([store], first.Steps!.Value);
        Assert.Equal((LadderRung.StopWallet, typeof(StepResult.Underway)), (first.Step!.Rung, first.Step.Result.GetType()));

        var second = first.Take(Event(2, new NodeFact.LadderMoved(WireSamples.OrderId, stop, LadderRung.Terminate)));
        var goesOn = second.Take(Event(3, new NodeFact.LadderMoved(WireSamples.OrderId, second.Step! with { Result = new StepResult.Underway("used no CPU") }, null)));
        Assert.Equal([store, stop], goesOn.Steps!.Value);
        Assert.Equal(new StepResult.Underway("used no CPU"), goesOn.Step!.Result);

        var ended = goesOn.Take(Event(4, new NodeFact.OrderEnded(WireSamples.OrderId, WireSamples.Restarted)));
        Assert.Equal((null, null, OrderState.Ended), (ended.Step, ended.Steps, ended.State));
        var view = OrderView.Of(ended);
        Assert.Equal(WireSamples.Steps, view.Steps!.Value);
    }

    [Fact]
    public void The_same_told_twice_or_after_the_end_changes_nothing()
    {
        var moved = Event(1, new NodeFact.LadderMoved(WireSamples.OrderId, WireSamples.Steps[1], LadderRung.StopWallet));
        var once = Taken.Take(moved);

        Assert.Same(once, once.Take(moved));
        var ended = once.Take(Event(2, new NodeFact.OrderEnded(WireSamples.OrderId, WireSamples.Restarted)));
        Assert.Same(ended, ended.Take(moved));
    }

    [Fact]
    public void Where_the_end_brings_no_proof_the_steps_stay()
    {
        var ended = Taken.Take(Event(1, new NodeFact.LadderMoved(WireSamples.OrderId, WireSamples.Steps[1], null)))
            .Take(Event(2, new NodeFact.OrderEnded(WireSamples.OrderId, WireSamples.Restarted with { Proof = null })));

        Assert.Equal([WireSamples.Steps[1]], OrderView.Of(ended).Steps!.Value);
    }

    [Fact]
    public void Whatever_an_agent_tells_the_row_stays_under_32_KB()
    {
        var record = Taken;
        for (var i = 0; i < 200; i++)
        {
            var step = new LadderStep(LadderRung.Store, WireSamples.At.AddSeconds(i), 1, new StepResult.Declined(-1, new string('\u00e9', 5_000)));
            record = record.Take(Event(i, new NodeFact.LadderMoved(WireSamples.OrderId, step, LadderRung.Terminate)));
        }

        Assert.Equal(RestartProof.MostSteps, record.Steps!.Value.Length);
        Assert.True(Size(record) < 32 * 1024, $"{Size(record)} bytes with the steps");
        var proof = WireSamples.Proof with { Explanation = new string('\u00e9', 50_000), Steps = record.Steps.Value.AddRange(record.Steps.Value) };
        record = record.Take(Event(201, new NodeFact.OrderEnded(WireSamples.OrderId, WireSamples.Restarted with { Proof = proof })));
        Assert.True(Size(record) < 48 * 1024, $"{Size(record)} bytes with the proof");
    }

    private static int Size(OrderRecord record) => Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(record, CoreJson.Default.OrderRecord));

    private static NodeEvent Event(long n, NodeFact fact) => new(2, n, WireSamples.Main, WireSamples.At.AddSeconds(n), fact);
}
