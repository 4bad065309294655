namespace MoneroCloud.Functions;

/// <summary>
/// What runs when a function's timer fires or its queue has a message; one class for each such folder with a function.json, registered in
/// Program.cs. It may run several times at once. It ends its own background work before it answers: whatever must survive is stored by then.
/// </summary>
internal interface ITrigger
{
    /// <summary>The function's folder name, exactly: <c>probe</c>, <c>reports</c>...</summary>
    string Name { get; }

    /// <summary>An exception is a bug or a broken environment: it is logged and answered as <see cref="TriggerResult.Failed"/>.</summary>
    /// <param name="call">Of the kind that the function's binding says: another one is a bug of the caller.</param>
    /// <param name="cancellation">The invocation's deadline (110 s for a timer, 50 s for a message), the host's going away, or the program's end.</param>
    Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation);
}
