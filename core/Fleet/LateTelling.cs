namespace MoneroCloud.Core;

/// <summary>What an agent that was cut off tells of its past, over as many reports as it takes.</summary>
/// <param name="First">Its first event.</param>
/// <param name="Count">Events.</param>
/// <param name="From">When the earliest happened, by the agent's clock.</param>
/// <param name="To">When the latest did.</param>
public sealed record LateTelling(EventPosition First, long Count, DateTimeOffset From, DateTimeOffset To)
{
    public static LateTelling After(LateTelling? before, NodeEvent happened) => before is null
        ? new(happened.Position, 1, happened.At, happened.At)
        : before with { Count = before.Count + 1, From = happened.At < before.From ? happened.At : before.From, To = happened.At > before.To ? happened.At : before.To };
}
