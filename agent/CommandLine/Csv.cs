using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Lines as RFC 4180 has them. A cell that a spreadsheet would take for a formula begins with an apostrophe; what is not printable stands as a question mark.
/// </summary>
internal static class Csv
{
    /// <summary>The last four are what some spreadsheets take for the first four.</summary>
    private const string Formulas = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>With its end.</summary>
    public static string Line(params IEnumerable<string> cells) => $"{string.Join(',', cells.Select(Cell))}\r\n";

    private static string Cell(string text)
    {
        var shown = ShownText.Printable(text);
        var safe = text.AsSpan().TrimStart(' ') is [var first, ..] && Formulas.Contains(first, StringComparison.Ordinal) ? $"'{shown}" : shown;
        return safe.AsSpan().ContainsAny('"', ',') || safe is [' ', ..] or [.., ' '] ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
