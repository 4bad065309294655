using System.Text;
using CsCheck;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class HostPayloadTests
{
    private static readonly TriggerBinding.Timer Timer = new("timer", "0 * * * * *");

    private static readonly TriggerBinding.Bus Bus = new("message", "reports");

    [Fact]
    public void A_recorded_timer_is_read() => Assert.Equal(
        new TriggerCall.Timer(false, new ScheduleStatus(null, new DateTimeOffset(2026, 11, 23, 1, 56, 0, TimeSpan.Zero), null)),
        Read("timer", Timer));

    [Fact]
    public void A_recorded_catch_up_is_past_due_and_its_time_without_an_offset_is_read() => Assert.Equal(
        new TriggerCall.Timer(true, new ScheduleStatus(
            new DateTimeOffset(2026, 11, 23, 1, 51, 0, TimeSpan.Zero).AddTicks(34_000), new DateTimeOffset(2026, 11, 23, 1, 52, 0, TimeSpan.Zero), null)),
        Read("timer-past-due", Timer));

    [Fact]
    public void A_schedule_under_a_minute_has_no_status() => Assert.Equal(new TriggerCall.Timer(false, null), Read("timer-under-a-minute", Timer));

    [Fact]
    public void A_recorded_binary_message_comes_byte_for_byte_with_its_metadata()
    {
        var call = Assert.IsType<TriggerCall.Bus>(Read("bus-binary", Bus));
        Assert.Equal("""{"orderId":7}""", Encoding.UTF8.GetString(call.Body.Span));
        Assert.Equal(("c0d57c1e", 1, new DateTimeOffset(2026, 11, 23, 2, 11, 0, TimeSpan.Zero)), (call.MessageId, call.DeliveryCount, call.EnqueuedAt));
    }

    [Theory]
    [InlineData("bus-text", """{"orderId":7}""")]
    [InlineData("bus-text-overwritten", """{"MessageId":"x","DeliveryCount":900}""")]
    public void A_message_that_is_not_binary_is_decoded_twice_and_its_metadata_is_not_believed(string name, string body)
    {
        var call = Assert.IsType<TriggerCall.Bus>(Read(name, Bus));
        Assert.Equal(body, Encoding.UTF8.GetString(call.Body.Span));
        Assert.Equal((null, null, null), (call.MessageId, call.DeliveryCount, call.EnqueuedAt));
    }

    [Theory]
    [InlineData("""{"data":{"TIMER":{"isPastDue":"true","scheduleStatus":null}},"new":1}""", true)]
    [InlineData("""{"Data":{"timer":"{\"IsPastDue\":true}"}}""", true)]
    [InlineData("""{"Data":{"timer":{"IsPastDue":"maybe","ScheduleStatus":[]}}}""", false)]
    [InlineData("""{"Data":{"timer":{}}}""", false)]
    public void Names_come_in_any_case_and_values_as_texts(string payload, bool isPastDue) =>
        Assert.Equal(new TriggerCall.Timer(isPastDue, null), Read(Encoding.UTF8.GetBytes(payload), Timer));

    [Theory]
    [InlineData("""{"MessageId":"\"a\"","DeliveryCount":3,"EnqueuedTimeUtc":"2026-11-23T02:11:00+02:00"}""", "a", 3, "2026-11-23T00:11:00Z")]
    [InlineData("""{"messageid":"a","DELIVERYCOUNT":"\"3\"","EnqueuedTimeUtc":"\"2026-11-23T00:11:00Z\""}""", "a", 3, "2026-11-23T00:11:00Z")]
    [InlineData("""{"MessageId":{"a":1},"DeliveryCount":"many","EnqueuedTimeUtc":"soon"}""", null, null, null)]
    [InlineData("""{"MessageId":"\ud800","DeliveryCount":9999999999,"EnqueuedTimeUtc":7}""", null, null, null)]
    [InlineData("""{"MessageId":"\"","DeliveryCount":null}""", "\"", null, null)]
    [InlineData("[]", null, null, null)]
    [InlineData("null", null, null, null)]
    public void Metadata_is_read_as_far_as_it_can_be(string metadata, string? id, int? count, string? enqueued)
    {
        var call = Assert.IsType<TriggerCall.Bus>(Read(Encoding.UTF8.GetBytes($$"""{"Data":{"message":"AQI="},"Metadata":{{metadata}}}"""), Bus));
        Assert.Equal([1, 2], call.Body.ToArray());
        Assert.Equal((id, count), (call.MessageId, call.DeliveryCount));
        Assert.Equal(enqueued is null ? null : DateTimeOffset.Parse(enqueued, null), call.EnqueuedAt);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("null", "Data.timer")]
    [InlineData("[]", "Data.timer")]
    [InlineData("{", "not JSON")]
    [InlineData("{}", "Data.timer")]
    [InlineData("""{"Data":null}""", "Data.timer")]
    [InlineData("""{"Data":{"other":{}}}""", "Data.timer")]
    [InlineData("""{"Data":{"timer":5}}""", "Data.timer is not an object")]
    [InlineData("""{"Data":{"timer":"\"x\""}}""", "Data.timer is not an object")]
    [InlineData("""{"Data":{"timer":"\ud800"}}""", "not Unicode")]
    public void What_holds_no_call_is_refused_with_a_clear_text(string payload, string error)
    {
        Assert.False(HostPayload.TryRead(Encoding.UTF8.GetBytes(payload), Timer, out _, out var text));
        Assert.Contains(error, text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_whatever_make_it_throw()
    {
        string[] recorded = ["timer", "timer-past-due", "bus-binary", "bus-text", "bus-text-overwritten"];
        var changes = Gen.Select(Gen.Int[0, 600], Gen.Byte, Gen.Int[0, 2]).Array[1, 6];
        Gen.Select(Among.Values(recorded), changes).Sample(
            (name, edits) =>
            {
                var payload = Edited(RecordedPayload.Of(name), edits);
                Assert.True(HostPayload.TryRead(payload, Timer, out _, out var timer) || timer.Length > 0);
                Assert.True(HostPayload.TryRead(payload, Bus, out _, out var bus) || bus.Length > 0);
            },
            time: 1,
            threads: 1);
    }

    [Fact]
    public void The_standalone_hosts_message_is_the_real_hosts()
    {
        Gen.Select(Gen.Byte.Array[0, 300], Gen.String[0, 40].Where(id => !id.Any(char.IsSurrogate)), Gen.Int[1, 100]).Sample(
            (body, id, count) =>
            {
                var message = new QueueMessage(body, id, count, DateTimeOffset.UnixEpoch.AddSeconds(count));
                var call = Assert.IsType<TriggerCall.Bus>(Read(HostEnvelope.Bus("reports", Bus, message, DateTimeOffset.UnixEpoch), Bus));
                Assert.Equal(body, call.Body.ToArray());
                Assert.Equal((id, count, message.EnqueuedAt), (call.MessageId, call.DeliveryCount, call.EnqueuedAt));
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public void The_standalone_hosts_payloads_have_the_members_of_the_recorded_ones()
    {
        var status = new ScheduleStatus(null, DateTimeOffset.UnixEpoch, null);
        var timer = HostEnvelope.Timer("probe", Timer, new TriggerCall.Timer(false, status), DateTimeOffset.UnixEpoch);
        var message = HostEnvelope.Bus("reports", Bus, new QueueMessage("""{"orderId":7}"""u8.ToArray(), "c0d57c1e", 1, DateTimeOffset.UnixEpoch), default);

        Assert.Equal(JsonShape.Of(RecordedPayload.Of("timer")), JsonShape.Of(timer.ToArray()));
        // The rest of its metadata nobody here reads.
        Assert.ProperSubset(JsonShape.Of(RecordedPayload.Of("bus-binary")).ToHashSet(), JsonShape.Of(message.ToArray()).ToHashSet());
    }

    private static byte[] Edited(byte[] payload, (int At, byte Value, int Kind)[] edits)
    {
        var bytes = payload.ToList();
        foreach (var (at, value, kind) in edits.Where(_ => bytes.Count > 0))
        {
            var index = at % bytes.Count;
            switch (kind)
            {
                case 0: bytes[index] = value; break;
                case 1: bytes.RemoveAt(index); break;
                default: bytes.Insert(index, value); break;
            }
        }

        return [.. bytes];
    }

    private static TriggerCall Read(string name, TriggerBinding binding) => Read(RecordedPayload.Of(name), binding);

    private static TriggerCall Read(ReadOnlyMemory<byte> payload, TriggerBinding binding)
    {
        Assert.True(HostPayload.TryRead(payload, binding, out var call, out var error), error);
        return call!;
    }
}
