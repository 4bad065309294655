using System.Net;
using System.Net.Sockets;
using System.Text;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class MonitorHostTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 15, 0)]
    [InlineData(false, 2, 0)]
    [InlineData(true, 15, 143)]
    [InlineData(true, 2, 130)]
    public async Task A_signal_ends_it_with_0_standalone_and_never_with_0_as_a_handler(bool handler, int signal, int code)
    {
        await using var monitor = await MonitorUnderTest.StartAsync(handler);
        monitor.Signal(signal);
        Assert.Equal(code, await monitor.EndsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_task_that_ends_or_throws_ends_the_program_with_a_fault(bool handler)
    {
        foreach (var fault in new Func<Task>[] { () => Task.CompletedTask, () => throw new InvalidOperationException("broken") })
        {
            var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var monitor = MonitorUnderTest.Begin(handler, parts => parts with { Tasks = [new OwnedTask("the watcher", async _ => { await begin.Task; await fault(); })] });
            await monitor.ListensAsync();
            begin.SetResult();
            Assert.Equal(1, await monitor.EndsAsync());
            Assert.Contains(monitor.Lines, line => line.Contains("error MonitorHost: the watcher", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_and_ends_it_with_1()
    {
        using var other = new TcpListener(IPAddress.Loopback, FreePort.Next());
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var monitor = MonitorUnderTest.Begin(handler: false, parts => parts, port);
        Assert.Equal(1, await monitor.EndsAsync());
        Assert.Contains(monitor.Lines, line => line.Contains($"127.0.0.1:{port} could not be listened on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trigger_without_a_folder_ends_it_with_2()
    {
        await using var monitor = MonitorUnderTest.Begin(handler: true, parts => parts with { Triggers = [new TestTrigger("probes")] });
        Assert.Equal(2, await monitor.EndsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Functions_without_a_trigger_are_named_and_end_it_with_2(bool handler)
    {
        await using var monitor = MonitorUnderTest.Begin(handler, parts => parts with { Triggers = [new TestTrigger("probe"), new TestTrigger("sweep"), new TestTrigger("deliver")] }, all: true);
        Assert.Equal(2, await monitor.EndsAsync());
        Assert.Contains(monitor.Lines, line => line.Contains("not started: no trigger of this program is called probe-shard, reports, as a folder", StringComparison.Ordinal));
        Assert.False(monitor.Listening.IsCompleted);
    }

    [Fact]
    public async Task With_a_trigger_for_each_function_it_starts()
    {
        var triggers = TestFunctions.Shipped.Where(f => f.Trigger is not TriggerBinding.Http).Select(f => new TestTrigger(f.Name)).ToArray();
        Assert.Equal(5, triggers.Length);
        await using var monitor = MonitorUnderTest.Begin(handler: true, parts => parts with { Triggers = triggers }, all: true);
        await monitor.ListensAsync();
    }

    [Fact]
    public async Task A_composition_that_throws_is_told_and_ends_it_with_1()
    {
        await using var monitor = MonitorUnderTest.Begin(handler: true, parts => parts with { MapHttp = _ => throw new InvalidOperationException("broken") });
        Assert.Equal(1, await monitor.EndsAsync());
        Assert.Contains(monitor.Lines, line => line.Contains("critical", StringComparison.Ordinal) && line.Contains("broken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Standalone_a_timer_runs_at_once_and_a_message_is_settled_by_its_answer()
    {
        var sweep = new TestTrigger("sweep");
        var deliver = new TestTrigger("deliver", (call, _) => Task.FromResult<TriggerResult>(
            ((TriggerCall.Bus)call).Body.Span[0] switch
            {
                0 => TriggerResult.Done.Instance,
                1 => new TriggerResult.Refused("no"),
                _ => new TriggerResult.Failed("not now"),
            }));
        var queue = new QueueDouble();
        await using var monitor = MonitorUnderTest.Begin(handler: false, parts => parts with { Triggers = [sweep, deliver], Bus = queue });
        await monitor.ListensAsync();

        var settled = new List<bool>();
        for (byte kind = 0; kind < 3; kind++)
        {
            queue.Send(new QueueMessage(new[] { kind }, $"{kind}", 7, DateTimeOffset.UnixEpoch));
            settled.Add((await queue.SettledAsync(Now)).Completed);
        }

        Assert.Equal([true, true, false], settled);
        Assert.Equal(("alerts", 4), (queue.Queue, queue.Concurrent));
        var first = (TriggerCall.Bus)deliver.Calls[0];
        Assert.Equal(("0", 7, DateTimeOffset.UnixEpoch), (first.MessageId, first.DeliveryCount, first.EnqueuedAt));
        Assert.True(SpinWait.SpinUntil(() => sweep.Calls.Count == 1, 10_000));
    }

    [Fact]
    public async Task As_a_handler_it_starts_no_timer_and_no_receiver()
    {
        var sweep = new TestTrigger("sweep");
        var queue = new QueueDouble();
        await using var monitor = MonitorUnderTest.Begin(handler: true, parts => parts with { Triggers = [sweep, new TestTrigger("deliver")], Bus = queue });
        await monitor.ListensAsync();
        monitor.Signal(15);
        await monitor.EndsAsync();
        Assert.Empty(sweep.Calls);
        Assert.Null(queue.Queue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_runs_is_drained_before_it_ends(bool handler)
    {
        var (began, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        var trigger = new TestTrigger(handler ? "deliver" : "sweep", async (_, cancellation) =>
        {
            began.SetResult();
            await finish.Task.WaitAsync(cancellation);
            return TriggerResult.Done.Instance;
        });
        await using var monitor = await MonitorUnderTest.StartAsync(handler, trigger);
        var answer = handler ? monitor.PostAsync("deliver", RecordedPayload.Of("bus-binary")) : Task.FromResult("{}");
        await began.Task.WaitAsync(TimeSpan.FromSeconds(10), Now);

        monitor.Signal(15);
        Assert.True(SpinWait.SpinUntil(() => monitor.Lines.Any(line => line.Contains("stopping", StringComparison.Ordinal)), 10_000));
        Assert.False(monitor.Ended.IsCompleted);
        finish.SetResult();

        Assert.Equal(handler ? 143 : 0, await monitor.EndsAsync());
        Assert.EndsWith("{}", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_signal_cuts_off_what_still_runs()
    {
        var trigger = new TestTrigger("sweep", async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return TriggerResult.Done.Instance;
        });
        await using var monitor = await MonitorUnderTest.StartAsync(handler: false, trigger);
        Assert.True(SpinWait.SpinUntil(() => trigger.Calls.Count == 1, 10_000));
        monitor.Signal(2);
        await monitor.HurryAsync();
        Assert.Equal(0, await monitor.EndsAsync());
        Assert.Contains(monitor.Lines, line => line.Contains("cut off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_client_does_not_hold_up_the_end()
    {
        await using var monitor = await MonitorUnderTest.StartAsync(handler: false);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, monitor.Port, Now);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx"), Now);
        monitor.Signal(2);
        await monitor.HurryAsync();
        Assert.Equal(0, await monitor.EndsAsync());
    }
}
