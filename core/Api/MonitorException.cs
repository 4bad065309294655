namespace MoneroCloud.Core;

/// <summary>
/// What <see cref="NodeChecks"/> throws when there is no answer to give: the monitor could not be reached, refused, or the node's agent did not
/// answer it in time. A node that does not work is an answer and throws nothing.
/// </summary>
public sealed class MonitorException : Exception
{
    public MonitorException(int? status, string message)
        : base(message) => Status = status;

    /// <summary>HTTP's, when the monitor refused (401 no good key, 404 no such node, 409 the name is not unique); null when no answer came.</summary>
    public int? Status { get; }
}
