using System.Buffers;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>
/// Writes metrics, a family in one piece. Whatever a label's value is, it breaks no line: quotes, backslashes and line ends are escaped, other
/// control characters and those that turn a line's direction are replaced, and more than <see cref="LongestLabel"/> characters are cut.
/// </summary>
public sealed class MetricsWriter
{
    public const int LongestLabel = 128;

    /// <summary>Dozens of lines: to give a pipe each of them costs more than to write it.</summary>
    private const int PieceBytes = 4 << 10;

    private readonly MetricsFormat _format;
    private readonly IBufferWriter<byte> _text;
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly List<(double Bound, byte[] End)> _ends = [];
    private MetricFamily? _family;
    private byte[] _name = [];
    private byte[][] _labelNames = [];
    private byte[] _labels = [];
    private int _labelsLength;
    private byte[] _piece = new byte[PieceBytes];
    private int _used;
    private long _given;

    /// <param name="text">Takes UTF-8; there is no bound. It has all of it after <see cref="End"/>.</param>
    public MetricsWriter(MetricsFormat format, IBufferWriter<byte> text) => (_format, _text) = (format, text);

    /// <summary>Bytes so far.</summary>
    public long Length => _given + _used;

    private ReadOnlySpan<byte> LabelsEnd => _labelsLength == 0 ? " "u8 : "} "u8;

    /// <summary>What is written from here on is of this family; each comes once.</summary>
    public MetricsWriter Begin(MetricFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        if (!_begun.Add(family.Name))
        {
            throw new InvalidOperationException($"{family.Name} is written twice");
        }

        _family = family;
        _name = Encoding.UTF8.GetBytes(family.Name);
        _labelNames = [.. family.Labels.Select((name, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? '{' : ',')}{name}=\""))];
        _labels = new byte[_labelNames.Sum(n => n.Length + (LongestLabel * MetricText.MostBytesOfCharacter) + 1)];
        _ends.Clear();
        Head(family, Encoding.UTF8.GetBytes(family.FamilyText(_format)));
        return this;
    }

    /// <param name="labels">The values of the family's labels, in their order.</param>
    public void Sample(double value, params ReadOnlySpan<string> labels)
    {
        Labels(labels);
        Line(""u8, LabelsEnd, value);
    }

    /// <summary>1 or 0.</summary>
    public void Sample(bool value, params ReadOnlySpan<string> labels) => Sample(value ? 1 : 0, labels);

    /// <summary>Seconds since 1970; nothing where it is not known.</summary>
    public void Sample(DateTimeOffset? at, params ReadOnlySpan<string> labels)
    {
        if (at is { } time)
        {
            Sample(time.ToUnixTimeMilliseconds() / 1000.0, labels);
        }
    }

    /// <summary>Nothing where it is not known.</summary>
    public void Known(double? value, params ReadOnlySpan<string> labels)
    {
        if (value is { } known)
        {
            Sample(known, labels);
        }
    }

    /// <param name="bounds">Upper ends, rising, without the infinite one.</param>
    /// <param name="cumulative">Up to each of them.</param>
    public void Histogram(ReadOnlySpan<double> bounds, ReadOnlySpan<long> cumulative, long count, double sum, params ReadOnlySpan<string> labels)
    {
        Labels(labels);
        for (var i = 0; i < bounds.Length; i++)
        {
            Line("_bucket"u8, BucketEnd(i, bounds[i]), cumulative[i]);
        }

        Line("_bucket"u8, BucketEnd(bounds.Length, double.PositiveInfinity), count);
        Line("_sum"u8, LabelsEnd, sum);
        Line("_count"u8, LabelsEnd, count);
    }

    /// <summary>Nothing may be written after this.</summary>
    public void End()
    {
        if (_format == MetricsFormat.OpenMetrics)
        {
            Put("# EOF\n"u8);
        }

        Give();
        _family = null;
    }

    private void Head(MetricFamily family, ReadOnlySpan<byte> name)
    {
        Put("# HELP "u8);
        Put(name);
        Put(" "u8);
        var written = MetricText.Escape(family.Help, quotes: _format == MetricsFormat.OpenMetrics, Room(family.Help.Length * MetricText.MostBytesOfCharacter));
        _used += written;
        Put("\n# TYPE "u8);
        Put(name);
        Put(" "u8);
        Put(Encoding.UTF8.GetBytes(family.TypeText(_format)));
        Put("\n"u8);
    }

    /// <summary>Once for all lines of a histogram.</summary>
    private void Labels(ReadOnlySpan<string> labels)
    {
        var family = _family ?? throw new InvalidOperationException("no family was begun");
        if (labels.Length != family.Labels.Length)
        {
            throw new ArgumentException($"{family.Name} has {family.Labels.Length} labels, not {labels.Length}", nameof(labels));
        }

        var at = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            _labelNames[i].CopyTo(_labels.AsSpan(at));
            at += _labelNames[i].Length;
            at += MetricText.Escape(labels[i].AsSpan(0, Math.Min(labels[i].Length, LongestLabel)), quotes: true, _labels.AsSpan(at));
            _labels[at++] = (byte)'"';
        }

        _labelsLength = at;
    }

    /// <summary>What stands between a bucket's labels and its count: nearly always what stood there in the histogram before.</summary>
    private ReadOnlySpan<byte> BucketEnd(int index, double bound)
    {
        if (index == _ends.Count)
        {
            _ends.Add((double.NaN, []));
        }

        if (_ends[index].Bound != bound)
        {
            _ends[index] = (bound, Encoding.UTF8.GetBytes($"{(_labelsLength == 0 ? '{' : ',')}le=\"{MetricText.Bound(bound)}\"}} "));
        }

        return _ends[index].End;
    }

    private void Line(ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> end, double value)
    {
        Put(_name);
        Put(suffix);
        Put(_labels.AsSpan(0, _labelsLength));
        Put(end);
        var written = MetricText.Number(value, Room(MetricText.LongestNumber));
        _used += written;
        Put("\n"u8);
    }

    private void Put(ReadOnlySpan<byte> part)
    {
        part.CopyTo(Room(part.Length));
        _used += part.Length;
    }

    /// <summary>All that is left of the piece; in <see cref="_used"/> it counts once it is written.</summary>
    private Span<byte> Room(int least)
    {
        if (_piece.Length - _used < least)
        {
            Give();
            _piece = _piece.Length < least ? new byte[least] : _piece;
        }

        return _piece.AsSpan(_used);
    }

    private void Give()
    {
        _text.Write(_piece.AsSpan(0, _used));
        _given += _used;
        _used = 0;
    }
}
