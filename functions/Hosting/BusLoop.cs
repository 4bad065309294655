namespace MoneroCloud.Functions;

/// <summary>Standalone: calls one function for each message of its queue; what it answers settles the message.</summary>
internal sealed class BusLoop(
    FunctionFile function, TriggerBinding.Bus binding, int concurrent, IBusSource bus, TriggerHost host)
{
    public Task RunAsync(CancellationToken stop) => bus.ReceiveAsync(binding.Queue, concurrent, TakeAsync, stop);

    private async Task<bool> TakeAsync(QueueMessage message)
    {
        var payload = HostEnvelope.Bus(function.Name, binding, message, host.Time.GetUtcNow());
        var answer = await host.Table.InvokeAsync(function.Name, payload, host.CutOff);
        return answer.Succeeded;
    }
}
