using System.Text;

namespace MoneroCloud.Core;

/// <summary>Turns an offset into a text into its line and column.</summary>
internal sealed class JsonLines
{
    private readonly byte[] _text;
    private readonly List<int> _starts = [0];

    public JsonLines(byte[] text)
    {
        _text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                _starts.Add(i + 1);
            }
        }
    }

    /// <summary>1-based.</summary>
    public int LineAt(long offset)
    {
        var found = _starts.BinarySearch((int)offset);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <param name="line">1-based.</param>
    /// <param name="bytes">From the line's start.</param>
    /// <returns>1-based, in characters.</returns>
    public int ColumnAt(int line, long bytes)
    {
        var start = _starts[Math.Clamp(line, 1, _starts.Count) - 1];
        return Encoding.UTF8.GetCharCount(_text, start, (int)Math.Min(bytes, _text.Length - start)) + 1;
    }
}
