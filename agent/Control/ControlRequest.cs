using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One request on the control socket: one JSON line.</summary>
internal sealed record ControlRequest
{
    public required ControlVerb Verb { get; init; }

    /// <summary>An id or a name; null for all nodes.</summary>
    public string? Node { get; init; }

    public CheckMethod Method { get; init; } = CheckMethod.Full;

    /// <summary>A check's result is taken into the node's health, as the regular ones are.</summary>
    public bool Save { get; init; }

    /// <summary>Go on streaming (events, logs).</summary>
    public bool Follow { get; init; }

    /// <summary>Entries of the event list or lines of a log, at least 1.</summary>
    public int Lines { get; init; } = 50;
}
