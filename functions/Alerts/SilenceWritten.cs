using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>How a write to the silences ended.</summary>
internal abstract record SilenceWritten
{
    private SilenceWritten()
    {
    }

    public sealed record Done(Silence Silence) : SilenceWritten;

    /// <summary>No silence has this id.</summary>
    public sealed record Missing : SilenceWritten;

    /// <summary>As things are it cannot be.</summary>
    /// <param name="Why">For the reader.</param>
    public sealed record Conflict(string Why) : SilenceWritten;

    /// <summary>Others were faster each time; whoever asked may ask again.</summary>
    public sealed record Raced : SilenceWritten;
}
