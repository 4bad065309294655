using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>How an operator's write to an incident ended.</summary>
internal abstract record IncidentWritten
{
    private IncidentWritten()
    {
    }

    public sealed record Done(Incident Incident) : IncidentWritten;

    /// <summary>No incident has this id.</summary>
    public sealed record Missing : IncidentWritten;

    /// <summary>It is over: nothing was written.</summary>
    public sealed record Over(Incident Incident) : IncidentWritten;

    /// <summary>It is open, and as it is there is nothing to do.</summary>
    /// <param name="Why">For the reader.</param>
    public sealed record Needless(string Why) : IncidentWritten;

    /// <summary>Others were faster each time; whoever asked may ask again.</summary>
    public sealed record Raced : IncidentWritten;
}
