using System.Globalization;
using MoneroCloud.Watchdog;

// One test run's watchdog: docs/decisions/0002-test-runs.md.
//   MoneroCloud.Watchdog --runner PID [--runner PID...]
// Prints "MARK FOLDER" once it watches; when one of the runners ends, ends whatever carries the mark and removes the folder.
const int Clean = 0, LeftBehind = 3, NotCleaned = 4, Usage = 64;

var runners = new List<PidFd>();
for (var i = 0; i < args.Length; i += 2)
{
    if (args[i] != "--runner" || i + 1 == args.Length ||
        !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ||
        PidFd.TryOpen(pid) is not { } runner)
    {
        Console.Error.WriteLine($"watchdog: expected --runner and the id of a living process, not '{string.Join(' ', args[i..])}'");
        return Usage;
    }

    runners.Add(runner);
}

if (runners.Count == 0)
{
    Console.Error.WriteLine("watchdog: no --runner");
    return Usage;
}

// A session of its own: Ctrl-C and a closed terminal end the runner, not this. Refused to a group's leader, which has its own group already.
_ = LinuxCalls.SetSid();

var mark = RunMark.New();
var folder = RunFolder.Make();
Console.WriteLine($"{mark.Value} {folder.Path}");

PidFd.WaitForAny(runners);

var sweep = new Sweep(mark, TimeProvider.System);
var allEnded = await sweep.EndAllAsync(CancellationToken.None);
const int Shown = 20;
foreach (var process in sweep.Ended.Take(Shown))
{
    Console.Error.WriteLine($"left behind: {process}");
}

if (sweep.Ended.Count > Shown)
{
    Console.Error.WriteLine($"left behind: {sweep.Ended.Count - Shown} more");
}

if (!allEnded)
{
    Console.Error.WriteLine("watchdog: some of them are still there");
}

var problem = folder.TryRemove();
if (problem is not null)
{
    Console.Error.WriteLine($"watchdog: {folder.Path} is still there: {problem}");
}

return !allEnded || problem is not null ? NotCleaned : sweep.Ended.Count > 0 ? LeftBehind : Clean;
