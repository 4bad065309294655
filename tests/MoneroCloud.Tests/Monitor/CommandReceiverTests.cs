using System.Text.Json;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class CommandReceiverTests
{
    [Fact]
    public async Task An_order_is_in_the_journal_before_its_message_is_completed_and_carried_out_after_that()
    {
        await using var agent = new EnrolledAgent().Begin();
        var order = agent.Order();
        agent.Bus.Put(agent.Signed(order));
        await agent.PassUntilAsync(() => !agent.Carried.IsEmpty);

        Assert.Equal(order, Assert.Single(agent.Carried));
        Assert.Equal(1, agent.Bus.Completed);
        Assert.Contains(order.Id, File.ReadAllText(Path.Combine(agent.Folder, Names.JournalFile)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_is_delivered_again_is_carried_out_once_also_by_the_next_agent()
    {
        await using var agent = new EnrolledAgent().Begin();
        var signed = agent.Signed(agent.Order());
        agent.Bus.Put(signed);
        agent.Bus.Put(signed);
        agent.Bus.Put(signed);
        await agent.PassUntilAsync(() => agent.Bus.Completed == 3);
        Assert.Single(agent.Carried);
        Assert.Equal([null], agent.Refused().Select(r => r.Order));
        Assert.True(agent.Journal.Orders.All.Values.Single() is { Ended: false });
        await agent.DisposeAsync();

        await using var next = new EnrolledAgent(agent.Folder, agent.Clock.Wall);
        Assert.Single(next.Journal.Orders.All);
        Assert.False(Assert.IsType<IntakeVerdict.Refuse>(OrderIntake.Judge(agent.Carried.Single(), new IntakeContext(EnrolledAgent.Name, _ => true, next.Journal.Orders, next.Journal.Since, next.Clock.Wall))).Named);
    }

    [Fact]
    public async Task Other_keys_of_the_monitor_are_learned_from_an_ack_that_a_known_one_signed()
    {
        await using var agent = new EnrolledAgent().Begin();
        using var next = SigningKey.Create();
        string[] both = [agent.Monitor.PublicKey.ToJwk(), next.PublicKey.ToJwk()];
        string[][] nothingNew = [[both[0]], [], ["{}"], [both[0], "no key"], [both[0], both[1], both[1]]];
        foreach (var keys in nothingNew)
        {
            agent.Bus.Put(Ack(agent, agent.Monitor, keys));
        }

        // Of somebody who is not known, and of another time.
        agent.Bus.Put(Ack(agent, next, [both[1]]));
        agent.Bus.Put(Ack(agent, agent.Monitor, both, issued: TimeSpan.FromMinutes(-13)));
        agent.Bus.Put(Ack(agent, agent.Monitor, both, issued: TimeSpan.FromMinutes(13)));
        agent.Bus.Put(Ack(agent, agent.Monitor, both));
        await agent.PassUntilAsync(() => agent.Bus.Completed == nothingNew.Length + 4);

        Assert.Equal([agent.Monitor.PublicKey, next.PublicKey], Assert.Single(agent.Learned));
        Assert.Contains("none of the 1", Assert.Single(agent.Refused()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_enrolments_file_takes_other_keys_of_the_monitor_and_keeps_the_rest()
    {
        using var monitor = SigningKey.Create();
        using var next = SigningKey.Create();
        using var own = SigningKey.Create();
        var file = new EnrolmentFile(MoneroCloud.Testing.TestRun.NewFolder("enrolment"));
        file.Learn([next.PublicKey]);
        Assert.IsType<EnrolmentRead.None>(file.Read());
        file.Write(EnrolledAgent.Document(monitor, own));
        var before = Assert.IsType<EnrolmentRead.Enrolled>(file.Read()).Enrolment;

        file.Learn([next.PublicKey, monitor.PublicKey]);

        var after = Assert.IsType<EnrolmentRead.Enrolled>(file.Read()).Enrolment;
        Assert.Equal([next.PublicKey, monitor.PublicKey], after.MonitorKeys);
        Assert.Equal((before.Key, before.ReportsBus, before.CommandsBus, before.Monitor, before.Period), (after.Key, after.ReportsBus, after.CommandsBus, after.Monitor, after.Period));
        Assert.False(after.IsSameAs(before));
    }

    private static byte[] Ack(EnrolledAgent agent, SigningKey signer, string[] keys, TimeSpan issued = default) => Jws.Sign(
        signer,
        JwsType.Ack,
        JsonSerializer.SerializeToUtf8Bytes(new Ack { Audience = EnrolledAgent.Name, IssuedAt = (agent.Clock.Wall + issued).ToUnixTimeSeconds(), Epoch = 1, N = 0, MonitorKeys = [.. keys] }, CoreJson.Default.Ack));

    public static TheoryData<string, Func<EnrolledAgentOrder, byte[]>> Bad() => new()
    {
        { "expired", a => a.Agent.Signed(a.Order with { IssuedAt = a.Order.IssuedAt - 700, ExpiresAt = a.Order.IssuedAt - 100 }) },
        { "no node", a => a.Agent.Signed(a.Order with { Node = NodeName.Parse("other") }) },
        { "agent other", a => a.Agent.Signed(a.Order with { Audience = NodeName.Parse("other") }) },
        { "none of the 1", a => a.Agent.Signed(a.Order, a.Agent.Key) },
        { "before this agent's journal", a => a.Agent.Signed(a.Order with { IssuedAt = a.Agent.Journal.Since.ToUnixTimeSeconds(), ExpiresAt = a.Order.IssuedAt + 10 }) },
        { "mc-order was expected", a => Jws.Sign(a.Agent.Monitor, JwsType.Report, JsonSerializer.SerializeToUtf8Bytes(a.Order, CoreJson.Default.Order)) },
        { "no order that", a => Jws.Sign(a.Agent.Monitor, JwsType.Order, "{}"u8) },
        { "no order that", a => Jws.Sign(a.Agent.Monitor, JwsType.Order, """{"verb":"Explode"}"""u8) },
        { "no ack that", a => Jws.Sign(a.Agent.Monitor, JwsType.Ack, "[]"u8) },
        { "not three parts", _ => [1, 2, 3] },
        { "not three parts", _ => [] },
        { "at most", _ => new byte[300_000] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_is_no_order_to_be_carried_out_is_recorded_completed_and_nothing_is_done(string reason, Func<EnrolledAgentOrder, byte[]> message)
    {
        await using var agent = new EnrolledAgent().Begin();
        agent.Time.Advance(TimeSpan.FromMinutes(5));
        agent.Bus.Put(message(new EnrolledAgentOrder(agent, agent.Order())));
        await agent.PassUntilAsync(() => agent.Bus.Completed == 1);

        Assert.Empty(agent.Carried);
        Assert.Empty(agent.Journal.Orders.All);
        Assert.Contains(reason, Assert.Single(agent.Refused()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_of_ten_thousand_bit_flips_of_a_signed_order_is_refused_and_counted_and_nothing_is_done()
    {
        await using var agent = new EnrolledAgent().Begin();
        agent.Time.Advance(TimeSpan.FromMinutes(5));
        var orders = new[] { agent.Signed(agent.Order()), agent.Signed(agent.Order(OrderVerb.Check) with { Method = CheckMethod.Full }), agent.Signed(agent.Order(OrderVerb.Stop)) };
        var flips = orders.SelectMany(Flips).ToArray();
        Assert.InRange(flips.Length, 10_000, 20_000);

        foreach (var flipped in flips)
        {
            agent.Bus.Put(flipped);
        }

        await agent.PassUntilAsync(() => agent.Bus.Completed == flips.Length);
        await agent.PassAsync(TimeSpan.FromSeconds(70), TimeSpan.FromSeconds(5));
        Assert.Empty(agent.Carried);
        Assert.Empty(agent.Journal.Orders.All);
        Assert.Equal(flips.Length, agent.Refused().Sum(r => r.Reason.Contains(" messages; ", StringComparison.Ordinal) ? int.Parse(r.Reason.Split(' ')[0], null) : 1));
        Assert.All(agent.Refused(), r => Assert.Null(r.Order));
        Assert.InRange(agent.Refused().Count(), 1, 10);

        // The same orders, undamaged.
        agent.Bus.Put(orders[0]);
        agent.Bus.Put(orders[1]);
        agent.Bus.Put(orders[2]);
        await agent.PassUntilAsync(() => agent.Carried.Count == 3);
    }

    [Fact]
    public async Task What_is_refused_by_its_id_is_told_once()
    {
        await using var agent = new EnrolledAgent().Begin();
        var order = agent.Order() with { Node = NodeName.Parse("other") };
        agent.Bus.Put(agent.Signed(order));
        agent.Bus.Put(agent.Signed(order));
        await agent.PassUntilAsync(() => agent.Bus.Completed == 2);
        Assert.Equal(order.Id, Assert.Single(agent.Refused()).Order);
    }

    [Fact]
    public async Task Either_of_two_keys_of_the_monitor_is_believed()
    {
        using var first = SigningKey.Create();
        using var second = SigningKey.Create();
        await using var agent = new EnrolledAgent();
        VerifyingKey[] keys = [first.PublicKey, second.PublicKey];

        Assert.IsType<CommandMessage.Ordered>(CommandReader.Read(agent.Signed(agent.Order(), first), keys));
        Assert.IsType<CommandMessage.Ordered>(CommandReader.Read(agent.Signed(agent.Order(), second), keys));
        Assert.IsType<CommandMessage.Unverifiable>(CommandReader.Read(agent.Signed(agent.Order()), keys));
    }

    [Fact]
    public async Task An_ack_lets_the_spool_forget()
    {
        await using var agent = new EnrolledAgent().Begin();
        agent.Happens(new NodeFact.Spawned(1));
        agent.Happens(new NodeFact.Spawned(2));
        await agent.PassUntilAsync(() => agent.Reports().Any(r => r.Events.Length == 2));
        agent.Bus.Put(agent.Signed(new EventPosition(1, 1)));
        await agent.PassUntilAsync(() => agent.Spool.Pending == 1);
        Assert.Equal((1, agent.Clock.Wall), (agent.Bus.Completed, agent.Status.LastAck!.Value));
    }

    [Fact]
    public async Task An_ack_for_another_agent_says_nothing()
    {
        await using var agent = new EnrolledAgent().Begin();
        agent.Happens(new NodeFact.Spawned(1));
        agent.Bus.Put(agent.Signed(new EventPosition(1, 1), NodeName.Parse("other")));
        await agent.PassUntilAsync(() => agent.Bus.Completed == 1);
        Assert.Null(agent.Status.LastAck);
        Assert.Equal(0, agent.Spool.Stored.N);
    }

    [Theory]
    [InlineData(5, 70)]
    [InlineData(1, 3)]
    public async Task An_ack_of_what_is_not_known_here_begins_an_epoch_above_it(long epoch, long n)
    {
        await using var agent = new EnrolledAgent().Begin();
        agent.Happens(new NodeFact.Spawned(1));
        agent.Happens(new NodeFact.Spawned(2));
        agent.Bus.Put(agent.Signed(new EventPosition(epoch, n)));
        await agent.PassUntilAsync(() => agent.Journal.Epoch == epoch + 1);

        await agent.PassUntilAsync(() => agent.Reports().Any(r => r.Epoch == epoch + 1));
        Assert.Equal([(epoch + 1, 1L), (epoch + 1, 2)], agent.Reports().Last(r => r.Epoch == epoch + 1).Events.Select(e => (e.Epoch, e.N)));

        // Once more, late.
        agent.Bus.Put(agent.Signed(new EventPosition(epoch, n)));
        await agent.PassUntilAsync(() => agent.Bus.Completed == 2);
        Assert.Equal(epoch + 1, agent.Journal.Epoch);
    }

    private static IEnumerable<byte[]> Flips(byte[] message)
    {
        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            var flipped = message.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return flipped;
        }
    }

    /// <summary>An agent with an order that would be good.</summary>
    public sealed class EnrolledAgentOrder
    {
        internal EnrolledAgentOrder(EnrolledAgent agent, Order order) => (Agent, Order) = (agent, order);

        internal EnrolledAgent Agent { get; }

        internal Order Order { get; }
    }
}
