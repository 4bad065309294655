using System.Collections;
using System.Globalization;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.MortalMonitor;

// The monitor's own program with wrappers round its table, bus and channel: at the point that MORTAL_AT names it kills itself with SIGKILL.
// Composed as functions/Program.cs does it; a defect can be planted, and its clock set forward, by the other variables.
var points = new DeathPoints(Environment.GetEnvironmentVariable(MortalVariables.At), Environment.GetEnvironmentVariable(MortalVariables.Points));
var later = double.Parse(Environment.GetEnvironmentVariable(MortalVariables.Later) ?? "0", CultureInfo.InvariantCulture);
var defect = Environment.GetEnvironmentVariable(MortalVariables.Defect);
var time = new LaterTime(TimeSpan.FromSeconds(later));
var settings = AppSettings.OfEnvironment();
var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "");
using var signals = new StopSignals();
using var stdout = StdoutLog.Factory(Console.Out, time);
using var logs = new MortalLogs(stdout, points);

if (!ProgramArguments.TryRead(args, out var arguments, out var wrong))
{
    return Refuse(wrong);
}

var handler = settings[Names.HandlerPortVariable] is not null;
var source = new MonitorConfigSource(arguments.Config ?? Path.Combine(AppContext.BaseDirectory, Names.MonitorConfigFile), named: arguments.Config is not null, variables);
var choice = new ConfigChoice(source, variables, listen => StartUp.Read(arguments.Rest, settings, AppContext.BaseDirectory, listen), time);
var (used, errors) = await choice.MakeAsync(() => handler ? HandlerSide.Table(settings, time) : StandaloneSide.Table(source.LikelyDataFolder(), time), signals.Second);
if (used is null)
{
    return Refuse(string.Join('\n', errors));
}

var composed = handler ? HandlerSide.Compose(settings, time) : await StandaloneSide.ComposeAsync(used.Config, time, logs, signals.Second);
if (composed is not SideResult.Ready { Side: var plain })
{
    return Refuse(((SideResult.Refused)composed).Error);
}

var tables = Environment.GetEnvironmentVariable(MortalVariables.Tables);
ITable store = tables is null ? plain.Table : new AzureTable(AzureTableClients.Of(tables, new TableOptions()), new TableOptions(), time);
if (tables is not null)
{
    // What the standalone form does with the agents of its own file.
    await store.PrepareAsync(signals.Second);
    foreach (var shard in Shard.All)
    {
        await foreach (var agent in store.ListAsync(shard, KeyRange.Prefix(Keys.Agents), int.MaxValue, CoreJson.Default.AgentRecord, signals.Second))
        {
            await plain.Agents.DeclareAsync(agent.Value.Name);
        }
    }
}

if (Environment.GetEnvironmentVariable(MortalVariables.Haste) is not null)
{
    used = used with { Policy = used.Policy with { Rules = used.Policy.Rules with { GroupWait = TimeSpan.Zero, GroupInterval = TimeSpan.Zero } } };
}

if (Environment.GetEnvironmentVariable(MortalVariables.Lease) is { } lease)
{
    used = used with { Policy = used.Policy with { ShardLease = TimeSpan.FromSeconds(double.Parse(lease, CultureInfo.InvariantCulture)) } };
}

ITable table = new MortalTable(store, points);
var side = plain with
{
    Table = defect switch
    {
        null => table,
        MortalVariables.Torn => new TornTable(table, points),
        MortalVariables.Blind => new BlindTable(table),
        MortalVariables.TakesOut => new TakingTable(table),
        MortalVariables.Forgets => later > 0 ? table : new ForgettingTable(table),
        _ => throw new InvalidOperationException($"{MortalVariables.Defect} is {defect}"),
    },
    Sender = new MortalSender(plain.Sender, points),
    Source = new MortalSource(plain.Source, points),
};
var code = await new MonitorHost(used.Start, MonitorComposition.Of(side, used, handler, time, logs, new StorageTally())).RunAsync(signals.First, signals.Second);
await StandaloneSide.DisposeAsync(side.Owned);
return code;

static int Refuse(string error)
{
    Console.WriteLine($"not started: {error}");
    return ExitCodes.Fault;
}
