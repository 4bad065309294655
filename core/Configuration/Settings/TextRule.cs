namespace MoneroCloud.Core;

/// <summary>Judges a text against its shape.</summary>
internal static class TextRule
{
    /// <returns>What is wrong, to stand after the value; null when nothing is.</returns>
    public static string? Problem(ValueShape.Text shape, string text)
    {
        if (text.Length < shape.MinLength)
        {
            return shape.Rule is null ? "is empty" : $"is empty: it must be {shape.Rule}";
        }

        if (text.Length > shape.MaxLength)
        {
            return $"is too long: {text.Length} characters, at most {shape.MaxLength} are allowed";
        }

        if (!shape.Words.IsEmpty)
        {
            return shape.Words.Contains(text) ? null
                : NearestKey.Find(text, shape.Words) is { } near ? $"is not {shape.Rule}; did you mean \"{near}\"?"
                : $"is not {shape.Rule}: {string.Join(", ", shape.Words)}";
        }

        // "$" also stands before a last line feed, so the match must be the whole text.
        return shape.Pattern is null || shape.Pattern.Match(text) is { Success: true } match && match.Length == text.Length ? null : $"is not {shape.Rule}";
    }
}
