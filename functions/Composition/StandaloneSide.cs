using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The monitor on one machine, without a cloud: SQLite, an embedded broker, keys in files. All of it lies in one folder.</summary>
internal static class StandaloneSide
{
    public const string KeysFolder = "keys";

    private const string StateFile = "state.db";
    private const string BrokerFile = "broker.db";

    public static async Task<SideResult> ComposeAsync(MonitorConfig config, TimeProvider time, ILoggerFactory logs, CancellationToken cancellation)
    {
        var owned = new List<object>();
        try
        {
            PrivateFolder.Make(config.DataFolder);
            var ring = new KeyFolder(Path.Combine(config.DataFolder, KeysFolder)).Open();
            owned.AddRange(ring.Signing);
            var passwords = new BusPasswords(ring.BusSecret);
            var start = EmbeddedBroker.Start(Settings(config), passwords.Login, time, logs.CreateLogger<EmbeddedBroker>());
            if (start is BrokerStart.Refused refused)
            {
                await DisposeAsync(owned);
                return new SideResult.Refused(refused.Why, ExitCodes.Fault);
            }

            var broker = ((BrokerStart.Started)start).Broker;
            owned.Add(broker);
            var table = new SqliteTable(Path.Combine(config.DataFolder, StateFile), new TableOptions(), time);
            owned.Add(table);
            await table.PrepareAsync(cancellation);
            var agents = new StandaloneBus(broker, passwords, config.AgentsBus);
            await agents.DeclareOwnAsync();
            await DeclareAgentsAsync(table, agents, logs, cancellation);
            var bus = new BusConnection(BusAddress.Parse(agents.OfMonitor()), new BusOptions(), time);
            owned.Add(bus);
            return new SideResult.Ready(new MonitorSide
            {
                Table = table,
                Bus = bus,
                Sender = new MonitorBus(bus),
                Keys = new MonitorKeys(ring.Signing),
                ApiKeys = new ApiKeys(ring.ApiKeys),
                Agents = agents,
                QueueDepths = broker.DepthsAsync,
                Tasks = [],
                Source = new BusSource(bus),
                Owned = owned,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or StorageUnavailableException)
        {
            await DisposeAsync(owned);
            return new SideResult.Refused(e.Message, ExitCodes.Fault);
        }
    }

    /// <summary>What an earlier run left there; null where it left nothing.</summary>
    public static ITable? Table(string dataFolder, TimeProvider time)
    {
        var file = Path.Combine(dataFolder, StateFile);
        return File.Exists(file) ? new SqliteTable(file, new TableOptions(), time) : null;
    }

    /// <summary>The last first.</summary>
    public static async ValueTask DisposeAsync(IReadOnlyList<object> owned)
    {
        foreach (var part in owned.Reverse())
        {
            switch (part)
            {
                case IAsyncDisposable asynchronous:
                    await asynchronous.DisposeAsync();
                    break;
                case IDisposable plain:
                    plain.Dispose();
                    break;
            }
        }
    }

    private static BrokerSettings Settings(MonitorConfig config) => new() { Endpoint = config.BusListen, DataFile = Path.Combine(config.DataFolder, BrokerFile) };

    private static async Task DeclareAgentsAsync(ITable table, StandaloneBus agents, ILoggerFactory logs, CancellationToken cancellation)
    {
        var skipped = UnreadableRows.To(logs.CreateLogger<StandaloneBus>());
        foreach (var shard in Shard.All)
        {
            await foreach (var agent in table.ListReadableAsync(shard, KeyRange.Prefix(Keys.Agents), CoreJson.Default.AgentRecord, skipped, cancellation))
            {
                await agents.DeclareAsync(agent.Value.Name);
            }
        }
    }
}
