namespace MoneroCloud.Core;

/// <summary>A text as one line of a log: whoever wrote a part of it can neither begin a line of his own nor move the reader's terminal.</summary>
internal static class LogLine
{
    private const string Between = " | ";

    /// <summary>What ends a line, in a file or on some terminal.</summary>
    private static readonly char[] Ends = ['\r', '\n', '\v', '\f', '\u0085', '\u2028', '\u2029'];

    public static string Of(string text) =>
        ShownText.Printable(string.Join(Between, text.Split(Ends, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Replace('\t', ' '));
}
