using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>How a manual check ended.</summary>
internal abstract record CheckEnd
{
    private CheckEnd()
    {
    }

    public sealed record Answered(MethodAnswer Answer) : CheckEnd;

    /// <summary>Its agent has not answered yet.</summary>
    public sealed record Waits(OrderRecord Order) : CheckEnd;

    /// <summary>It was not checked.</summary>
    /// <param name="Status">Of HTTP.</param>
    public sealed record Refused(int Status, string Why) : CheckEnd
    {
        public TimeSpan? RetryAfter { get; init; }
    }
}
