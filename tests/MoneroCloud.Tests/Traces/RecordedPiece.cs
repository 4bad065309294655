using System.Collections.Immutable;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>A stretch of a recorded trace: the raw facts at any moment of it. Past its end the last of them go on to hold.</summary>
internal sealed class RecordedPiece
{
    private readonly ImmutableArray<TraceLine> _samples;
    private readonly long _from;

    public RecordedPiece(Trace trace, long from, long to)
    {
        _samples = [.. trace.Lines.Where(l => l.Sample is not null)];
        (Name, _from, Length) = (trace.Header.Trace, from, to - from);
        Deaf = [.. DeafTimes(trace).Select(d => (From: Math.Max(d.From, from) - from, To: d.To == long.MaxValue || d.To > to ? long.MaxValue : d.To - from))
            .Where(d => d.From < Length && d.To > 0)];
    }

    private RecordedPiece(RecordedPiece whole, long skipped, bool withLinks)
    {
        _samples = withLinks ? whole._samples : [.. whole._samples.Select(l => l with { Sample = l.Sample! with { Links = null } })];
        (Name, _from, Length) = (whole.Name, whole._from + skipped, whole.Length - skipped);
        Deaf = [];
    }

    /// <summary>The trace's.</summary>
    public string Name { get; }

    public long Length { get; }

    /// <summary>While the RPC answered nobody, within the piece; until the end of time where no answer came.</summary>
    public ImmutableArray<(long From, long To)> Deaf { get; }

    /// <summary>The same from a moment of it on.</summary>
    public RecordedPiece From(long moment) => new(this, moment, withLinks: true);

    /// <summary>The same with no connection to the daemon.</summary>
    public RecordedPiece WithoutLinks() => new(this, 0, withLinks: false);

    /// <summary>The facts as they were at a moment of the piece.</summary>
    public TraceSample At(long moment) => _samples[IndexAt(moment)].Sample!;

    /// <summary>How long before a moment of the piece something was; <paramref name="at"/> as the trace has it.</summary>
    public long Ago(long moment, long at) => Math.Max(0, _from + moment - at);

    /// <summary>The deaf times of a whole trace; requests that overlap are one.</summary>
    public static ImmutableArray<(long From, long To)> DeafTimes(Trace trace) =>
        [.. trace.Lines.Where(l => l.Deaf is not null).Select(l => (l.T, l.Deaf == -1 ? long.MaxValue : l.T + l.Deaf!.Value))];

    private int IndexAt(long moment)
    {
        var (low, high) = (0, _samples.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _samples[middle].T <= _from + moment ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
