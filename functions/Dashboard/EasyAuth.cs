using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Whom the platform says it has let in. It is believed only where an operator has switched that on and the platform says that it stands before the app: then it
/// takes away what clients write into these headers themselves. Nobody may do more by it than look.
/// </summary>
internal static class EasyAuth
{
    private const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL-NAME";
    private const string NobodyKnown = "somebody";

    /// <param name="isOn">Whether it counts.</param>
    /// <param name="error">Names the setting, its value and what is allowed.</param>
    public static bool TryRead(AppSettings settings, out bool isOn, out string error)
    {
        var value = settings[Names.EasyAuthSetting];
        isOn = value is "viewer";
        error = value is not (null or "" or "none" or "viewer") ? $"{Names.EasyAuthSetting} is \"{value}\": none or viewer"
            : isOn && !string.Equals(settings[Names.EasyAuthEnabledVariable], "true", StringComparison.OrdinalIgnoreCase)
                ? $"{Names.EasyAuthSetting} is viewer, and Easy Auth is not on ({Names.EasyAuthEnabledVariable}): anybody could write its headers"
            : "";
        return error.Length == 0;
    }

    /// <summary>Why the standalone monitor does not start: before it nothing takes away what clients write into these headers, whatever a variable says. Null where it may.</summary>
    public static string? ProblemStandalone(AppSettings settings) => settings[Names.EasyAuthSetting] is { Length: > 0 } value and not "none"
        ? $"{Names.EasyAuthSetting} is \"{value}\": none, or not set, standalone: only Azure takes away what clients write into the headers that it believes"
        : null;

    /// <summary>Null where the platform has let nobody in.</summary>
    public static string? Person(HttpRequest request) => request.Headers[PrincipalHeader] is not [{ Length: > 0 } name] ? null
        : name.Length <= SignInEndpoints.LongestPerson && ShownText.Printable(name) == name && !name.Contains(',', StringComparison.Ordinal) ? name // A comma joins two headers.
        : NobodyKnown;
}
