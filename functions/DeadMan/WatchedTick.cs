namespace MoneroCloud.Functions;

/// <summary>The probe timer's tick, with a sign of life at its begin and its end.</summary>
internal sealed class WatchedTick(ITrigger tick, DeadManSwitch deadMan) : ITrigger
{
    public string Name => tick.Name;

    public async Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation)
    {
        deadMan.Tell(new Signal.Began());
        Signal end = new Signal.Failed("the tick ended with a fault, which is in the monitor's log");
        try
        {
            var result = await tick.InvokeAsync(call, cancellation);
            end = result switch
            {
                TriggerResult.Failed failed => new Signal.Failed(failed.Reason),
                TriggerResult.Refused refused => new Signal.Failed(refused.Reason),
                _ => new Signal.Good(),
            };
            return result;
        }
        catch (OperationCanceledException)
        {
            end = new Signal.Failed("the tick did not end in time");
            throw;
        }
        finally
        {
            deadMan.Tell(end);
        }
    }
}
