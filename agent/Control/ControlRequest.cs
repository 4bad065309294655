using System.Text.Json.Serialization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One request on the control socket: one JSON line. Settable, so that what a line leaves out keeps its default.</summary>
internal sealed record ControlRequest
{
    public const int MostLines = 100_000;

    public required ControlVerb Verb { get; set; }

    /// <summary>An id or a name; null for all nodes.</summary>
    public string? Node { get; set; }

    public CheckMethod Method { get; set; } = CheckMethod.Full;

    /// <summary>A check's result is taken into the node's health, as the regular ones are.</summary>
    public bool Save { get; set; }

    /// <summary>Go on streaming (events, logs).</summary>
    public bool Follow { get; set; }

    /// <summary>Entries of the event list or lines of a log, 1 to <see cref="MostLines"/>.</summary>
    public int Lines { get; set; } = 50;

    /// <summary>Of a restart or a stop: SIGKILL after so many milliseconds, 0 to <see cref="Order.MostKillAfterMs"/>; null is the node's stop budget.</summary>
    public long? KillAfterMs { get; set; }

    /// <summary>Every member is within its bounds; a number is read as a member of an enum, whether there is one or not.</summary>
    [JsonIgnore]
    public bool IsValid => Enum.IsDefined(Verb) && Enum.IsDefined(Method) && Lines is >= 1 and <= MostLines
        && (KillAfterMs is null || (Verb is ControlVerb.Restart or ControlVerb.Stop && KillAfterMs is >= 0 and <= Order.MostKillAfterMs));
}
