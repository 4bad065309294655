using System.Collections;
using MoneroCloud.Core;
using MoneroCloud.Functions;

// The only composition root. Under the Functions host nothing here connects: it waits for the first answer.
var time = TimeProvider.System;
var settings = AppSettings.OfEnvironment();
var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "");
using var signals = new StopSignals();
using var logs = StdoutLog.Factory(Console.Out, time);

if (!ProgramArguments.TryRead(args, out var arguments, out var wrong))
{
    return Refuse(wrong, ExitCodes.Refused);
}

var file = arguments.Config ?? Path.Combine(AppContext.BaseDirectory, Names.MonitorConfigFile);
var read = new MonitorConfigSource(file, named: false, variables).Read();
if (read is MonitorConfigResult.Refused bad)
{
    return Refuse(string.Join('\n', bad.Errors.Select(e => $"{e}")), ExitCodes.Refused);
}

var (config, _, warnings) = (MonitorConfigResult.Ok)read;
if (arguments.Where)
{
    Console.WriteLine(Whereabouts.Of(config, StandaloneSide.KeysFolder));
    return 0;
}

foreach (var warning in warnings)
{
    Console.WriteLine($"MoneroCloud.Functions: warning: {warning}");
}

var started = StartUp.Read(arguments.Rest, settings, AppContext.BaseDirectory, config.Listen);
if (started is not StartUp.Ready ready)
{
    return Refuse(((StartUp.Refused)started).Error, ExitCodes.Refused);
}

if (MonitorPolicyOf.Config(config, variables, ready.ProbePeriod(time.GetUtcNow()), out var problem) is not { } policy)
{
    return Refuse(problem!, ExitCodes.Refused);
}

var handler = ready.Mode is HostMode.Handler;
var composed = handler ? HandlerSide.Compose(settings, time) : await StandaloneSide.ComposeAsync(config, time, logs, signals.Second);
if (composed is not SideResult.Ready { Side: var side })
{
    var refused = (SideResult.Refused)composed;
    return Refuse(refused.Error, refused.ExitCode);
}

var code = await new MonitorHost(ready, MonitorComposition.Of(side, policy, config, handler, time, logs)).RunAsync(signals.First, signals.Second);
await StandaloneSide.DisposeAsync(side.Owned);
return code;

static int Refuse(string error, int code)
{
    foreach (var line in error.Split('\n'))
    {
        Console.WriteLine($"MoneroCloud.Functions: not started: {line}");
    }

    return code;
}
