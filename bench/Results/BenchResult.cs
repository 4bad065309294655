using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>One run of one bench: what was asked, what came out, every sample.</summary>
internal sealed record BenchResult
{
    /// <summary>Part of the file names.</summary>
    public required string Name { get; init; }

    /// <summary>How it was measured, in a few sentences of Markdown.</summary>
    public required string Method { get; init; }

    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The programs that took part.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    public required double MachineBusyPercent { get; init; }

    /// <summary>Every sample, as Markdown shows it.</summary>
    public required string RawText { get; init; }

    /// <summary>Every sample, whole.</summary>
    public required JsonNode Samples { get; init; }

    /// <summary>The figures. The last thing in the file.</summary>
    public required string Table { get; init; }

    /// <summary>Why the run proves nothing; empty when it is sound.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}
