namespace MoneroCloud.Agent;

/// <summary>What one look at a log did.</summary>
internal abstract record LogRotationResult
{
    private LogRotationResult()
    {
    }

    /// <summary>It is small enough, or there is none.</summary>
    internal sealed record NotNeeded : LogRotationResult;

    /// <param name="Kept">Bytes copied away.</param>
    internal sealed record Rotated(long Kept) : LogRotationResult;

    /// <summary>The log was left as it is.</summary>
    internal sealed record Failed(string Reason) : LogRotationResult;
}
