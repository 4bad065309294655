using MoneroCloud.Functions;

// The only composition root. Nothing here connects: the Functions host waits for the first answer.
var time = TimeProvider.System;
var settings = AppSettings.OfEnvironment();
using var signals = new StopSignals();
using var logs = StdoutLog.Factory(Console.Out, time);

var started = StartUp.Read(args, settings, AppContext.BaseDirectory);
if (started is StartUp.Refused refused)
{
    Console.WriteLine($"MoneroCloud.Functions: not started: {refused.Error}");
    return ExitCodes.Refused;
}

// One line for each folder with a function.json that a timer or a queue calls.
ITrigger[] triggers = [];

// Runs as long as the program, in both modes.
OwnedTask[] tasks = [];

return await new MonitorHost((StartUp.Ready)started, new MonitorParts
{
    Triggers = triggers,
    MapHttp = MapHttp,
    Bus = new IdleBus(),
    Tasks = tasks,
    Time = time,
    Logs = logs,
}).RunAsync(signals.First, signals.Second);

// One line for each group of endpoints below /api and /dashboard.
static void MapHttp(WebApplication app)
{
}
