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

if (!ProgramArguments.TryRead(args, out var arguments, out var wrong)
    || new MonitorConfigSource(arguments.Config ?? Path.Combine(AppContext.BaseDirectory, Names.MonitorConfigFile), named: false, variables).Read() is not MonitorConfigResult.Ok { Config: var config }
    || StartUp.Read(arguments.Rest, settings, AppContext.BaseDirectory, config.Listen) is not StartUp.Ready ready
    || MonitorPolicyOf.Config(config, variables, ready.ProbePeriod(time.GetUtcNow()), out wrong) is not { } policy)
{
    Console.WriteLine($"not started: {wrong}");
    return ExitCodes.Refused;
}

var handler = ready.Mode is HostMode.Handler;
var composed = handler ? HandlerSide.Compose(settings, time) : await StandaloneSide.ComposeAsync(config, time, logs, signals.Second);
if (composed is not SideResult.Ready { Side: var plain })
{
    Console.WriteLine($"not started: {((SideResult.Refused)composed).Error}");
    return ExitCodes.Fault;
}

ITable table = new MortalTable(plain.Table, points);
var side = plain with
{
    Table = defect switch
    {
        null => table,
        MortalVariables.Torn => new TornTable(table, points),
        MortalVariables.Blind => new BlindTable(table),
        _ => throw new InvalidOperationException($"{MortalVariables.Defect} is {defect}"),
    },
    Sender = new MortalSender(plain.Sender, points),
    Source = new MortalSource(plain.Source, points),
};
var code = await new MonitorHost(ready, MonitorComposition.Of(side, policy, config, handler, time, logs)).RunAsync(signals.First, signals.Second);
await StandaloneSide.DisposeAsync(side.Owned);
return code;
