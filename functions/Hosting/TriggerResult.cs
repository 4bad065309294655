namespace MoneroCloud.Functions;

/// <summary>How an invocation ended. Reasons are logged: no secret stands in one.</summary>
internal abstract record TriggerResult
{
    private TriggerResult()
    {
    }

    /// <summary>All that was to be done is done and stored. The message is completed.</summary>
    public sealed record Done : TriggerResult
    {
        public static readonly Done Instance = new();
    }

    /// <summary>Never to be done: the trigger has recorded the refusal. The message is completed, for a repeat would be refused again.</summary>
    public sealed record Refused(string Reason) : TriggerResult;

    /// <summary>Not now. The message is delivered again, at once, up to the queue's limit; a timer waits for its next slot.</summary>
    public sealed record Failed(string Reason) : TriggerResult;
}
