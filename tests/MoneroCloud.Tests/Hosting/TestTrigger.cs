using System.Collections.Concurrent;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A trigger that notes its calls and does what the test says.</summary>
internal sealed class TestTrigger(string name, Func<TriggerCall, CancellationToken, Task<TriggerResult>>? deed = null) : ITrigger
{
    private readonly ConcurrentQueue<TriggerCall> _calls = [];

    public string Name => name;

    public IReadOnlyList<TriggerCall> Calls => [.. _calls];

    public Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation)
    {
        _calls.Enqueue(call);
        return deed?.Invoke(call, cancellation) ?? Task.FromResult<TriggerResult>(TriggerResult.Done.Instance);
    }

    public static TestTrigger Answering(string name, TriggerResult result) => new(name, (_, _) => Task.FromResult(result));
}
