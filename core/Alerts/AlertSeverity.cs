namespace MoneroCloud.Core;

/// <summary>How much an alert matters.</summary>
public enum AlertSeverity
{
    /// <summary>Good to know: it went well, or is over.</summary>
    Low,
    Warning,
    Critical,
}
