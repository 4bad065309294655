namespace MoneroCloud.Core;

public enum IncidentActionKind
{
    Opened,

    /// <summary>Another cause, condition or severity.</summary>
    Changed,

    /// <summary>An alert went to the channels named in the text.</summary>
    Told,

    /// <summary>An alert was hidden, by what the text names.</summary>
    Hidden,
    Reminded,
    Acknowledged,
    AcknowledgementEnded,
    Resolved,
}
