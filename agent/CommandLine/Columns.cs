using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Lines whose cells stand below each other; the last cell of a line is as long as it is. Whatever is in them moves no cursor.</summary>
internal static class Columns
{
    private const int Gap = 2;

    public static void Write(TextWriter output, IReadOnlyList<string[]> lines, string indent = "")
    {
        var shown = lines.Select(cells => cells.Select(ShownText.Printable).ToArray()).ToList();
        var widths = Enumerable.Range(0, shown.Max(c => (int?)c.Length) ?? 0).Select(i => shown.Where(c => i < c.Length - 1).Max(c => (int?)c[i].Length) ?? 0).ToArray();
        foreach (var cells in shown)
        {
            output.WriteLine(indent + string.Concat(cells.Select((cell, i) => i == cells.Length - 1 ? cell : cell.PadRight(widths[i] + Gap))).TrimEnd());
        }
    }
}
