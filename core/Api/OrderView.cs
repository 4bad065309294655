using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>An order as the API shows it: what was ordered, by whom, and how far it is.</summary>
public sealed record OrderView
{
    public required string Id { get; init; }

    public required OrderVerb Verb { get; init; }

    public required string Agent { get; init; }

    /// <summary>The node's id; null for an order to the agent itself.</summary>
    public string? Node { get; init; }

    public CheckMethod? Method { get; init; }

    public bool? Save { get; init; }

    /// <summary>The life that is meant; null when none was known, or none is needed.</summary>
    public ProcessIdentity? Identity { get; init; }

    /// <summary>For restart and stop: SIGKILL after so many milliseconds; null is the node's own stop budget.</summary>
    public long? KillAfterMs { get; init; }

    /// <summary>Who ordered it.</summary>
    public required string By { get; init; }

    /// <summary>Why the monitor itself placed it; null for an operator's order.</summary>
    public AutomaticReason? Automatic { get; init; }

    public required OrderState State { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The last time it was sent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>How often it was sent.</summary>
    public required int Attempts { get; init; }

    /// <summary>By the agent's clock.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>By the agent's clock; when it expired, by the monitor's.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The step that is under way; null when none is.</summary>
    public LadderStep? Step { get; init; }

    /// <summary>The steps that were taken; null where there are none.</summary>
    public ImmutableArray<LadderStep>? Steps { get; init; }

    /// <summary>Null until the agent has told it.</summary>
    public Outcome? Outcome { get; init; }

    public static OrderView Of(OrderRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var order = record.Order;
        return new OrderView
        {
            Id = order.Id,
            Verb = order.Verb,
            Agent = order.Audience.ToString(),
            Node = order.Node is { } node ? new NodeId(order.Audience, node).ToString() : null,
            Method = order.Method,
            Save = order.Verb == OrderVerb.Check ? order.Save : null,
            Identity = order.Identity,
            KillAfterMs = order.KillAfterMs,
            By = order.By,
            Automatic = order.Automatic,
            State = record.State,
            StoredAt = record.StoredAt,
            ExpiresAt = record.ExpiresAt(),
            SentAt = record.SentAt,
            Attempts = record.Attempts,
            TakenAt = record.TakenAt,
            EndedAt = record.EndedAt,
            Step = record.Step,
            Steps = record.Steps ?? record.Outcome?.Proof?.Steps,
            Outcome = record.Outcome,
        };
    }
}
