namespace MoneroCloud.Agent;

/// <summary>Rung by whoever changes something that the monitor should know at once; one listener.</summary>
internal sealed class ChangeBell
{
    private TaskCompletionSource _rung = New();

    /// <summary>Completes when it is rung, until <see cref="Silence"/>.</summary>
    public Task Rung => Volatile.Read(ref _rung).Task;

    public void Ring() => Volatile.Read(ref _rung).TrySetResult();

    /// <summary>Takes note: what rings from here on is news.</summary>
    /// <returns>Whether it had been rung.</returns>
    public bool Silence()
    {
        if (!Rung.IsCompleted)
        {
            return false;
        }

        Volatile.Write(ref _rung, New());
        return true;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
