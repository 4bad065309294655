namespace MoneroCloud.Agent;

/// <summary>How a program ended that was run for what it says.</summary>
/// <param name="Code">Null when it could not be run, did not end in time or was killed; then the text is the reason.</param>
/// <param name="Text">Output and errors as they came, trimmed.</param>
internal sealed record ProgramOutput(int? Code, string Text)
{
    private const int LongestSaid = 400;

    /// <summary>Why it did not succeed, in one line of at most some 400 characters without control characters.</summary>
    /// <param name="what">The program with what it was told.</param>
    public string Failure(string what) => Code is null
        ? $"{what}: {Shortened}"
        : $"{what} ended with code {Code}: {(Text.Length == 0 ? "it said nothing" : Shortened)}";

    /// <summary>In one line, cut where it is long.</summary>
    public string Shortened
    {
        get
        {
            var line = string.Concat(Text.ReplaceLineEndings("; ").Select(c => char.IsControl(c) ? ' ' : c));
            return line.Length > LongestSaid ? line[..LongestSaid] : line;
        }
    }
}
