namespace MoneroCloud.Functions;

/// <summary>Standalone: the Functions host's part, as one loop for each function that has a trigger.</summary>
internal static class StandaloneLoops
{
    public static bool TryCreate(
        StartUp.Ready start, MonitorParts parts, TriggerHost host, out IReadOnlyList<OwnedTask> loops, out string error)
    {
        var created = new List<OwnedTask>();
        (loops, error) = (created, "");
        foreach (var function in start.Functions.Where(function => host.Table.Names.Contains(function.Name)))
        {
            if (Loop(function, start.Host.MaxConcurrentCalls, parts.Bus, host, ref error) is not { } loop)
            {
                return false;
            }

            created.Add(loop);
        }

        return true;
    }

    private static OwnedTask? Loop(FunctionFile function, int concurrent, IBusSource bus, TriggerHost host, ref string error)
    {
        if (function.Trigger is TriggerBinding.Bus queue)
        {
            return new OwnedTask($"queue {queue.Queue}", new BusLoop(function, queue, concurrent, bus, host).RunAsync);
        }

        var timer = (TriggerBinding.Timer)function.Trigger;
        if (TimerSchedule.TryParse(timer.Schedule, out var schedule, out error))
        {
            return new OwnedTask($"timer {function.Name}", new TimerLoop(function, timer, schedule!, host).RunAsync);
        }

        error = $"{function.Name}/{FunctionFolders.FileName}: schedule is \"{timer.Schedule}\": {error}";
        return null;
    }
}
