namespace MoneroCloud.Agent;

/// <summary>What may stand in the name of an HTTP header.</summary>
internal static class HeaderNames
{
    public static bool IsName(this ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && !"!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
