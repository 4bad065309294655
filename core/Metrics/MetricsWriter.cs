using System.Buffers;
using System.Globalization;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>
/// Writes metrics, a family in one piece. Whatever a label's value is, it breaks no line: quotes, backslashes and line ends are escaped, other
/// control characters and those that turn a line's direction are replaced, and more than <see cref="LongestLabel"/> characters are cut.
/// </summary>
public sealed class MetricsWriter
{
    public const int LongestLabel = 128;

    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue).Select(i => (char)i).Where(IsUnseen), '"', '\\']);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly MetricsFormat _format;
    private readonly IBufferWriter<byte> _text;
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private MetricFamily? _family;

    /// <param name="text">Takes UTF-8; there is no bound.</param>
    public MetricsWriter(MetricsFormat format, IBufferWriter<byte> text) => (_format, _text) = (format, text);

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>What is written from here on is of this family; each comes once.</summary>
    public MetricsWriter Begin(MetricFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        if (!_begun.Add(family.Name))
        {
            throw new InvalidOperationException($"{family.Name} is written twice");
        }

        _family = family;
        var name = family.FamilyText(_format);
        Write("# HELP ");
        Write(name);
        Write(" ");
        WriteEscaped(family.Help, quotes: _format == MetricsFormat.OpenMetrics, int.MaxValue);
        Write("\n# TYPE ");
        Write(name);
        Write(" ");
        Write(family.TypeText(_format));
        Write("\n");
        return this;
    }

    /// <param name="labels">The values of the family's labels, in their order.</param>
    public void Sample(double value, params ReadOnlySpan<string> labels)
    {
        Line("", labels, null);
        Number(value);
        Write("\n");
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
        for (var i = 0; i < bounds.Length; i++)
        {
            Bucket(BoundText(bounds[i]), cumulative[i], labels);
        }

        Bucket("+Inf", count, labels);
        Line("_sum", labels, null);
        Number(sum);
        Write("\n");
        Line("_count", labels, null);
        Number(count);
        Write("\n");
    }

    /// <summary>Nothing may be written after this.</summary>
    public void End()
    {
        if (_format == MetricsFormat.OpenMetrics)
        {
            Write("# EOF\n");
        }

        _family = null;
    }

    /// <summary>As OpenMetrics has it, in both formats, so that a series does not change its name with the format.</summary>
    private static string BoundText(double bound) => bound.ToString(bound == Math.Floor(bound) ? "0.0" : "R", CultureInfo.InvariantCulture);

    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private void Bucket(string bound, long count, ReadOnlySpan<string> labels)
    {
        Line("_bucket", labels, bound);
        Number(count);
        Write("\n");
    }

    private void Line(string suffix, ReadOnlySpan<string> labels, string? bound)
    {
        var family = _family ?? throw new InvalidOperationException("no family was begun");
        if (labels.Length != family.Labels.Length)
        {
            throw new ArgumentException($"{family.Name} has {family.Labels.Length} labels, not {labels.Length}", nameof(labels));
        }

        Write(family.Name);
        Write(suffix);
        for (var i = 0; i < labels.Length; i++)
        {
            Label(i == 0, family.Labels[i], labels[i]);
        }

        if (bound is not null)
        {
            Label(labels.IsEmpty, "le", bound);
        }

        Write(labels.IsEmpty && bound is null ? " " : "} ");
    }

    private void Label(bool isFirst, string name, string value)
    {
        Write(isFirst ? "{" : ",");
        Write(name);
        Write("=\"");
        WriteEscaped(value, quotes: true, LongestLabel);
        Write("\"");
    }

    private void Number(double value)
    {
        var room = _text.GetSpan(32);
        var written = 0;
        if (value == Math.Floor(value) && Math.Abs(value) < 1e15)
        {
            ((long)value).TryFormat(room, out written, default, CultureInfo.InvariantCulture);
        }
        else if (double.IsFinite(value))
        {
            value.TryFormat(room, out written, "R", CultureInfo.InvariantCulture);
        }
        else
        {
            written = Utf8.GetBytes(double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf", room);
        }

        Advance(written);
    }

    private void Write(ReadOnlySpan<char> text)
    {
        var room = _text.GetSpan(Utf8.GetMaxByteCount(text.Length));
        Advance(Utf8.GetBytes(text, room));
    }

    private void Advance(int written)
    {
        _text.Advance(written);
        Length += written;
    }

    private void WriteEscaped(string value, bool quotes, int most)
    {
        var text = value.AsSpan(0, Math.Min(value.Length, most));
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            Write(text[..at]);
            Write(text[at] switch
            {
                '\n' => "\\n",
                '\\' => "\\\\",
                '"' => quotes ? "\\\"" : "\"",
                _ => "\uFFFD",
            });
            text = text[(at + 1)..];
        }

        Write(text);
    }
}
