using System.Text.RegularExpressions;

namespace MoneroCloud.Core;

/// <summary>The patterns of texts, in the part of the language that .NET and JSON Schema share. Generated, so that no interpreter is linked in.</summary>
internal static partial class TextPatterns
{
    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,38}$")]
    public static partial Regex Name { get; }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    public static partial Regex LabelName { get; }

    [GeneratedRegex(@"^[^\u0000-\u001f\u007f]*$")]
    public static partial Regex Printable { get; }

    [GeneratedRegex("^[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}$")]
    public static partial Regex Fingerprint { get; }

    /// <summary>A number as JSON writes it.</summary>
    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?\z")]
    public static partial Regex Number { get; }
}
