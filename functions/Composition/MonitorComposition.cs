using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>All that the host runs, made from one side and one policy: the triggers, each once, and what is below <c>/api</c> and <c>/dashboard</c>.</summary>
internal static class MonitorComposition
{
    /// <param name="storage">Counts what is asked of the storage.</param>
    public static MonitorParts Of(MonitorSide side, UsedConfig used, bool proxied, TimeProvider time, ILoggerFactory logs, StorageTally storage)
    {
        var (config, policy) = (used.Config, used.Policy);
        if (side.Bus is { } bus)
        {
            BusLog.Follow(bus, logs.CreateLogger<BusConnection>());
        }

        var monitor = new Monitor
        {
            Table = new CountedTable(side.Table, storage),
            Time = time,
            Bus = side.Sender,
            Keys = side.Keys,
            Logs = logs,
            Policy = policy,
        };
        var dispatcher = new Dispatcher(monitor);
        var clients = new ProbeClients(time, policy.ProbeDeadline);
        var doubts = new VantageDoubts(monitor, dispatcher);
        var shards = new ShardProbe(monitor, clients, new SemaphoreSlim(policy.ProbeConcurrency), dispatcher);

        var notifiers = Notifiers.Of(config.Channels, used.Secrets, time, logs);

        // One line for each folder with a function.json that a timer or a queue calls.
        var reports = new ReportsTrigger(monitor, dispatcher);
        var deliver = new DeliverTrigger(monitor, notifiers);
        var deadManUrl = config.DeadManUrl is { } address ? used.Secrets.Reveal(address) : null;
        var deadMan = new DeadManSwitch(deadManUrl, policy.DeadMan, new StaleShards(monitor).FindAsync, time, logs.CreateLogger<DeadManSwitch>());
        var probe = new WatchedTick(new ProbeTrigger(monitor, shards, doubts), deadMan);
        var probeShard = new ProbeShardTrigger(monitor, shards, doubts);
        var deadLetters = new DeadLetters(
            new Dictionary<string, ITrigger> { [Names.ReportsQueue] = reports, [Names.AlertsQueue] = deliver, [Names.ProbeShardsQueue] = probeShard },
            side.Bus,
            time,
            logs.CreateLogger<DeadLetters>());
        var quiet = new QuietChannels(new Channels(monitor), new TestAlerts(monitor, dispatcher), [.. config.Channels.OfType<TeamsChannel>().Select(c => c.Name)]);
        var sweep = new SweepTrigger(monitor, dispatcher, deadLetters, quiet);

        var api = new ApiParts
        {
            Monitor = monitor,
            Keys = side.ApiKeys,
            Agents = side.Agents,
            Clients = clients,
            Dispatcher = dispatcher,
            Proxied = proxied,
            EasyAuth = side.EasyAuth,
            PublicUrl = config.PublicUrl,
            ConfigurationFailed = () => !used.Refused.IsEmpty,
            Storage = storage,
            QueueDepths = side.QueueDepths,
        };
        return new MonitorParts
        {
            Triggers = [reports, deliver, probe, probeShard, sweep],
            MapHttp = app => ApiEndpoints.Map(app, api),
            Bus = side.Source,
            Tasks = [.. side.Tasks, new OwnedTask("keep the configuration", new ConfigStanding(monitor, dispatcher, used).RunAsync), new OwnedTask("show that it lives", deadMan.RunAsync)],
            Time = time,
            Logs = logs,
        };
    }
}
