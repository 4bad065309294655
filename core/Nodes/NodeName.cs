using System.Diagnostics.CodeAnalysis;

namespace MoneroCloud.Core;

/// <summary>The name of a node or of an agent: <c>[a-z0-9][a-z0-9-]{0,38}</c>, 1 to 39 characters.</summary>
public readonly record struct NodeName : IComparable<NodeName>
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 39;

    /// <summary>What a name must look like, for messages.</summary>
    public const string Rule = "1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit";

    private readonly string? _text;

    private NodeName(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out NodeName name)
    {
        name = default;
        if (text is null || text.Length is 0 or > MaxLength || text[0] == '-' || !text.All(IsAllowed))
        {
            return false;
        }

        name = new NodeName(text);
        return true;
    }

    /// <exception cref="FormatException">The text is not a name.</exception>
    public static NodeName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a name: {Rule}");

    public int CompareTo(NodeName other) => string.CompareOrdinal(ToString(), other.ToString());

    public static bool operator <(NodeName left, NodeName right) => left.CompareTo(right) < 0;

    public static bool operator >(NodeName left, NodeName right) => left.CompareTo(right) > 0;

    public static bool operator <=(NodeName left, NodeName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(NodeName left, NodeName right) => left.CompareTo(right) >= 0;

    public override string ToString() => _text ?? "";

    private static bool IsAllowed(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
}
