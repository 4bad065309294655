using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A tick that ends as a test says.</summary>
internal sealed class PlannedTrigger(Func<Task<TriggerResult>> run) : ITrigger
{
    public string Name => "probe";

    public Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation) => run();
}
