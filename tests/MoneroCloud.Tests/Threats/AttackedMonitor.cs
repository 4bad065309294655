using System.Text;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>
/// A monitor's whole way from a message of the reports queue to its table, with two agents that have told their part, keys of before, and what was once sent.
/// </summary>
internal sealed class AttackedMonitor : IDisposable
{
    public static readonly NodeName Other = NodeName.Parse("other");
    public static readonly NodeName Removed = NodeName.Parse("removed");

    private readonly WatchedTable _table = new(new MemoryTable());
    private readonly SimulatedAgent _home = new(MonitorRig.Home, Given.Now, "main-node", "second");
    private readonly SimulatedAgent _other = new(Other, Given.Now, "main-node");
    private readonly Random _random;

    private AttackedMonitor(int seed) => (_random, Rig) = (new Random(seed), new MonitorRig(_table));

    public MonitorRig Rig { get; }

    public SigningKey HomeKey => Rig.AgentKeys[MonitorRig.Home];

    public SigningKey OtherKey => Rig.AgentKeys[Other];

    public SigningKey RemovedKey => Rig.AgentKeys[Removed];

    /// <summary>Of which no agent has the private half.</summary>
    public SigningKey Stranger { get; } = SigningKey.Create();

    /// <summary>The one before the agent's present key; its hour is over.</summary>
    public SigningKey OldKey { get; } = SigningKey.Create();

    /// <summary>With which an agent of the same name is enrolled with another monitor.</summary>
    public SigningKey ElsewhereKey { get; } = SigningKey.Create();

    /// <summary>What the agent sent in the epoch before and in this one, all of it taken.</summary>
    public List<byte[]> SentBefore { get; } = [];

    public List<byte[]> Sent { get; } = [];

    public int Acks => Rig.Bus.AcksTo(MonitorRig.Home).Count();

    public static async Task<AttackedMonitor> CreateAsync(int seed)
    {
        var monitor = new AttackedMonitor(seed);
        await monitor.Rig.EnrolAsync(MonitorRig.Home, Other, Removed);
        monitor.Rig.AgentKeys[Removed] = monitor.RemovedKey;
        await monitor._table.CommitAsync([new RowChange.Delete(Keys.Agent(Removed))], default);
        await monitor.ChangeHomeAsync(r => r with { Keys = [.. r.Keys, monitor.OldKey.PublicKey.ToJwk()], OldKeyUntil = Given.Now.AddHours(-1) });
        await monitor.TellAsync(monitor.SentBefore, 3);
        monitor._home.LoseJournal();
        await monitor.TellAsync(monitor.Sent, 5);
        await monitor.Rig.TakeAsync(monitor._other);
        return monitor;
    }

    /// <summary>What the agent would say next.</summary>
    public Report Next()
    {
        _home.Now += TimeSpan.FromSeconds(10);
        _home.Node.Healthy();
        return _home.Report();
    }

    /// <summary>Does the next good one go in?</summary>
    public async Task<bool> TakesGoodAsync()
    {
        _home.Now += TimeSpan.FromSeconds(10);
        _home.Node.Kill();
        _home.Node.Spawn();
        var message = Rig.Signed(Next());
        Sent.Add(message);
        var taken = await IsTakenAsync(message);
        _home.TakeAcks(Rig.Bus.AcksTo(MonitorRig.Home).TakeLast(1));
        return taken;
    }

    /// <summary>Does anything in the table become another thing than it was?</summary>
    public async Task<bool> IsTakenAsync(byte[] message, Defect defect = Defect.None)
    {
        await PlantAsync(defect);
        _table.Changed = false;
        var result = await Rig.Reports().InvokeAsync(
            Strangely(defect == Defect.BelievesAnySignature ? AsIfSigned(message) : message), default);
        return result is TriggerResult.Failed ? throw new InvalidOperationException("it would come again for ever") : _table.Changed;
    }

    public void Dispose()
    {
        Rig.Dispose();
        Stranger.Dispose();
        OldKey.Dispose();
        ElsewhereKey.Dispose();
    }

    private async Task TellAsync(List<byte[]> sent, int reports)
    {
        for (var i = 0; i < reports; i++)
        {
            _home.Now += TimeSpan.FromSeconds(10);
            _home.Node.Kill();
            _home.Node.Spawn();
            sent.Add(Rig.Signed(Next()));
            await Rig.TakeAsync(sent[^1]);
            _home.TakeAcks(Rig.Bus.AcksTo(MonitorRig.Home).TakeLast(1));
        }
    }

    /// <summary>With whatever the bus, or whoever has its key, may write beside the body: none of it may count.</summary>
    private TriggerCall.Bus Strangely(byte[] message) => new(
        message,
        _random.Next(4) switch { 0 => null, 1 => "", 2 => "order:1\r\nforged: line \u001b[2J", _ => new string('m', 4_000) },
        _random.Next(3) switch { 0 => null, 1 => 1, _ => int.MaxValue },
        _random.Next(4) switch { 0 => null, 1 => DateTimeOffset.MinValue, 2 => DateTimeOffset.MaxValue, _ => Given.Now });

    private async Task PlantAsync(Defect defect)
    {
        switch (defect)
        {
            case Defect.KnowsTheStranger:
                await ChangeHomeAsync(r => r with { Keys = [HomeKey.PublicKey.ToJwk(), Stranger.PublicKey.ToJwk()], OldKeyUntil = DateTimeOffset.MaxValue });
                break;
            case Defect.KeepsOldKeys:
                await ChangeHomeAsync(r => r with { Keys = [HomeKey.PublicKey.ToJwk(), OldKey.PublicKey.ToJwk()], OldKeyUntil = DateTimeOffset.MaxValue });
                break;
            case Defect.ForgetsNumbers:
                await ChangeHomeAsync(r => r with { Epoch = 0, Report = 0, Stored = default, StoredEventAt = null });
                break;
        }
    }

    private byte[] AsIfSigned(byte[] message)
    {
        try
        {
            var payload = SentPayload.Of(message);
            return JsonSerializer.Deserialize(payload, CoreJson.Default.Report) is { } report && Rig.AgentKeys.TryGetValue(report.Agent, out var key)
                ? Jws.Sign(key, JwsType.Report, payload)
                : message;
        }
        catch (Exception e) when (e is FormatException or JsonException or IndexOutOfRangeException or ArgumentException or DecoderFallbackException)
        {
            return message;
        }
    }

    private async Task ChangeHomeAsync(Func<AgentRecord, AgentRecord> change)
    {
        var stored = (await _table.FindAsync(Keys.Agent(MonitorRig.Home), CoreJson.Default.AgentRecord, default))!;
        await _table.CommitAsync([Documents.Write(Keys.Agent(MonitorRig.Home), stored with { Value = change(stored.Value) }, CoreJson.Default.AgentRecord)], default);
    }
}
