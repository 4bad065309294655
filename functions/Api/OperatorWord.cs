using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What operators write beside a deed, within its bounds: who they say they are, why, and until when.</summary>
internal static class OperatorWord
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 64;

    /// <returns>The role that the key proved, and the name that the caller gave himself; or the answer that refuses it.</returns>
    public static (string Who, ApiResponse? Refusal) Who(ApiCaller caller, string? by)
    {
        if (by is null)
        {
            return (Named(caller), null);
        }

        var name = by.Trim();
        return name.Length is > 0 and <= LongestName && ShownText.Printable(name) == name
            ? ($"{caller.Name} {name}", null)
            : ("", Refuse($"by is {Shown(by)}: 1 to {LongestName} visible characters"));
    }

    /// <summary>The role that the key proved, and what the person called himself when he signed in.</summary>
    public static string Named(ApiCaller caller) => caller.Person is null ? caller.Name : $"{caller.Name} {caller.Person}";

    /// <returns>Null for none, or for an empty one; or the answer that refuses it.</returns>
    public static (string? Comment, ApiResponse? Refusal) Comment(string? comment)
    {
        var text = comment?.Trim();
        return text is not { Length: > 0 } ? (null, null)
            : text.Length > Silence.LongestComment ? (null, Refuse($"comment has {text.Length} characters: {Silence.LongestComment} at most"))
            : ShownText.Printable(text) != text ? (null, Refuse($"comment is {Shown(text)}: one line of visible characters"))
            : (text, null);
    }

    /// <param name="otherwise">Where neither is given; null: one of them is needed.</param>
    public static (DateTimeOffset Until, ApiResponse? Refusal) Until(
        int? minutes, DateTimeOffset? until, DateTimeOffset from, (TimeSpan Least, TimeSpan Most) bounds, TimeSpan? otherwise)
    {
        var (least, most) = bounds;
        return (minutes, until) switch
        {
            (null, null) => otherwise is { } usual ? (from + usual, null) : (from, Refuse("how long? minutes, or until")),
            (not null, not null) => (from, Refuse("minutes and until exclude each other")),
            ({ } given, null) when given < least.TotalMinutes || given > most.TotalMinutes =>
                (from, Refuse($"minutes is {given}: a number from {(int)least.TotalMinutes} to {(int)most.TotalMinutes}")),
            ({ } given, null) => (from.AddMinutes(given), null),
            (null, { } end) when end - from < least || end - from > most =>
                (from, Refuse($"until is {Words.Time(end)}: {Words.Duration(least)} to {Words.Duration(most)} after {Words.Time(from)}")),
            (null, { } end) => (end.ToUniversalTime(), null),
        };
    }

    /// <summary>A client's text as it may stand in an answer.</summary>
    private static string Shown(string text) => ApiQuery.Short(ShownText.Printable(text));

    private static ApiResponse Refuse(string detail) => ApiResponse.Problem(StatusCodes.Status400BadRequest, detail);
}
