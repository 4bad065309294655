using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class TriggerTableTests : IDisposable
{
    private static readonly InvocationLimits Limits = InvocationLimits.Of(TimeSpan.FromMinutes(2));

    private readonly LinesLog _log = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Done_and_refused_complete_the_message()
    {
        foreach (var result in new TriggerResult[] { TriggerResult.Done.Instance, new TriggerResult.Refused("not signed") })
        {
            var answer = await Invoke(TestTrigger.Answering("reports", result), RecordedPayload.Of("bus-binary"));
            Assert.Equal((200, "application/json", "{}"), (answer.Status, answer.ContentType, Text(answer)));
        }

        Assert.Contains("refused: not signed", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_has_the_message_delivered_again()
    {
        var answer = await Invoke(TestTrigger.Answering("reports", new TriggerResult.Failed("the storage is away")), RecordedPayload.Of("bus-binary"));
        AssertProblem(answer, "the storage is away");
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task An_exception_is_logged_once_and_answered_without_its_text()
    {
        var trigger = new TestTrigger("reports", (_, _) => throw new InvalidOperationException("a secret of the stack"));
        var answer = await Invoke(trigger, RecordedPayload.Of("bus-binary"));
        AssertProblem(answer, "reports: an error of this program");
        Assert.DoesNotContain("secret", Text(answer), StringComparison.Ordinal);
        Assert.Contains("reports: threw", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_or_an_unreadable_payload_is_answered_with_a_problem()
    {
        var trigger = new TestTrigger("reports");
        AssertProblem(await Table(trigger).InvokeAsync("report", RecordedPayload.Of("bus-binary"), Now), "no trigger is called report");
        AssertProblem(await Table(trigger).InvokeAsync("api", RecordedPayload.Of("bus-binary"), Now), "no trigger is called api");
        AssertProblem(await Invoke(trigger, RecordedPayload.Of("timer")), "Data.message");
        AssertProblem(await Invoke(trigger, ""u8.ToArray()), "not JSON");
        Assert.Empty(trigger.Calls);
    }

    [Theory]
    [InlineData("reports", "bus-binary", 50)]
    [InlineData("probe", "timer", 110)]
    public async Task An_invocation_ends_at_its_deadline_and_not_before(string name, string payload, int seconds)
    {
        var trigger = new TestTrigger(name, async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
            return TriggerResult.Done.Instance;
        });
        var answer = Invoke(trigger, RecordedPayload.Of(payload));
        await Called(trigger);

        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.False(answer.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        AssertProblem(await answer.WaitAsync(TimeSpan.FromSeconds(10), Now), $"took longer than {seconds} s");
    }

    [Fact]
    public async Task A_trigger_that_does_not_heed_its_deadline_is_answered_for_before_the_host_ends_the_process()
    {
        var end = new TaskCompletionSource<TriggerResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var trigger = new TestTrigger("probe", (_, _) => end.Task);
        var answer = Invoke(trigger, RecordedPayload.Of("timer"));
        await Called(trigger);

        _time.Advance(Limits.Timer + Limits.Grace);
        AssertProblem(await answer.WaitAsync(TimeSpan.FromSeconds(10), Now), "still running 5 s after its deadline of 110 s");

        end.SetException(new InvalidOperationException("late"));
        Assert.True(SpinWait.SpinUntil(() => _log.Lines.Any(line => line.Contains("ended after it was answered for", StringComparison.Ordinal)), 10_000));
    }

    [Fact]
    public async Task A_caller_that_goes_away_cancels_the_invocation()
    {
        using var gone = new CancellationTokenSource();
        var trigger = new TestTrigger("reports", async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
            return TriggerResult.Done.Instance;
        });
        var answer = Table(trigger).InvokeAsync("reports", RecordedPayload.Of("bus-binary"), gone.Token);
        await Called(trigger);
        await gone.CancelAsync();
        AssertProblem(await answer.WaitAsync(TimeSpan.FromSeconds(10), Now), "cut off");
    }

    [Fact]
    public void A_trigger_without_a_folder_and_two_of_one_name_are_refused()
    {
        Assert.Null(TriggerCoverage.Error(TestFunctions.Shipped, [.. new[] { "probe", "probe-shard", "reports", "deliver", "sweep" }.Select(name => new TestTrigger(name))]));
        Assert.Contains("probes", TriggerCoverage.Error(TestFunctions.Shipped, [new TestTrigger("probes")]), StringComparison.Ordinal);
        Assert.Contains("api", TriggerCoverage.Error(TestFunctions.Shipped, [new TestTrigger("api")]), StringComparison.Ordinal);
        Assert.Contains("twice", TriggerCoverage.Error(TestFunctions.Shipped, [new TestTrigger("probe"), new TestTrigger("probe")]), StringComparison.Ordinal);
        Assert.Contains("deliver, probe-shard, sweep", TriggerCoverage.Error(TestFunctions.Shipped, [new TestTrigger("probe"), new TestTrigger("reports")]), StringComparison.Ordinal);
    }

    private static async Task Called(TestTrigger trigger)
    {
        Assert.True(SpinWait.SpinUntil(() => trigger.Calls.Count > 0, 10_000));
        await Task.Yield();
    }

    private static void AssertProblem(TriggerAnswer answer, string detail)
    {
        Assert.Equal((500, "application/problem+json"), (answer.Status, answer.ContentType));
        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal(500, json.RootElement.GetProperty("status").GetInt32());
        Assert.Contains(detail, json.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static string Text(TriggerAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span);

    private Task<TriggerAnswer> Invoke(TestTrigger trigger, byte[] payload) => Table(trigger).InvokeAsync(trigger.Name, payload, Now);

    private TriggerTable Table(params TestTrigger[] triggers) =>
        new(TestFunctions.Shipped, triggers, Limits, _time, _log.Factory.CreateLogger("Triggers"));
}
