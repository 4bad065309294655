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

var handler = settings[Names.HandlerPortVariable] is not null;
var file = arguments.Config ?? Path.Combine(AppContext.BaseDirectory, Names.MonitorConfigFile);
var source = new MonitorConfigSource(file, named: arguments.Config is not null, variables);
var choice = new ConfigChoice(source, variables, listen => StartUp.Read(arguments.Rest, settings, AppContext.BaseDirectory, listen), time);
if (arguments.Where && source.Read() is MonitorConfigResult.Ok located)
{
    // Whoever asks where it is need not have its secrets.
    Console.WriteLine(Whereabouts.Of(located.Config, StandaloneSide.KeysFolder));
    return 0;
}

var (used, errors) = await choice.MakeAsync(() => handler ? HandlerSide.Table(settings, time) : StandaloneSide.Table(source.LikelyDataFolder(), time), signals.Second);
if (used is null)
{
    return Refuse(string.Join('\n', errors), ExitCodes.Refused);
}

var config = used.Config;
if (arguments.Where)
{
    Console.WriteLine(Whereabouts.Of(config, StandaloneSide.KeysFolder));
    return 0;
}

foreach (var warning in used.Warnings)
{
    Console.WriteLine($"MoneroCloud.Functions: warning: {warning}");
}

foreach (var error in used.Refused)
{
    Console.WriteLine($"MoneroCloud.Functions: error: {error}");
}

if (!used.Refused.IsEmpty)
{
    Console.WriteLine($"MoneroCloud.Functions: the configuration was refused; the one of {used.KeptAt?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC is used");
}

using var telemetry = Telemetry.Start(settings, out var untold);
if (untold is not null)
{
    Console.WriteLine($"MoneroCloud.Functions: warning: neither traces nor metrics are sent: {untold}");
}

var storage = new StorageTally();
if (telemetry is not null)
{
    Meters.Observe(storage);
}

var composed = handler ? HandlerSide.Compose(settings, time)
    : EasyAuth.ProblemStandalone(settings) is { } problem ? new SideResult.Refused(problem, ExitCodes.Refused)
    : await StandaloneSide.ComposeAsync(config, time, logs, signals.Second);
if (composed is not SideResult.Ready { Side: var side })
{
    var refused = (SideResult.Refused)composed;
    return Refuse(refused.Error, refused.ExitCode);
}

var code = await new MonitorHost(used.Start, MonitorComposition.Of(side, used, handler, time, logs, storage)).RunAsync(signals.First, signals.Second);
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
