namespace MoneroCloud.Core;

/// <summary>Whether the bus can be reached.</summary>
public abstract record BusState
{
    private BusState()
    {
    }

    public sealed record Connected(DateTimeOffset Since) : BusState;

    /// <param name="LastError">Why, in a short text without secrets; null before the first attempt and after an orderly end.</param>
    public sealed record Disconnected(DateTimeOffset Since, string? LastError) : BusState;
}
