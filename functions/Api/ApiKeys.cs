using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The keys that open the HTTP API: for each role one, or two while it is being replaced. Without any the API is closed, never open.</summary>
internal sealed class ApiKeys(IEnumerable<ApiKey> keys)
{
    /// <summary>Characters of a key: 256 bits are 43 in base64url and 64 in hex; less than 32 can be guessed.</summary>
    public const int ShortestKey = 32;

    public const int LongestKey = 256;

    private static readonly (string Setting, ApiRole Role)[] Settings =
    [
        (Names.OperatorKeySetting, ApiRole.Operator),
        (Names.OldOperatorKeySetting, ApiRole.Operator),
        (Names.ViewerKeySetting, ApiRole.Viewer),
        (Names.OldViewerKeySetting, ApiRole.Viewer),
    ];

    public ImmutableArray<ApiKey> All { get; } = [.. keys];

    public bool Any => All.Length > 0;

    /// <summary>From the settings; an empty one is none.</summary>
    /// <param name="error">Names the setting and the bound, never the value.</param>
    public static bool TryRead(AppSettings settings, [NotNullWhen(true)] out ApiKeys? keys, [NotNullWhen(false)] out string? error)
    {
        (keys, error) = (null, null);
        var read = new Dictionary<string, ApiKey>(StringComparer.Ordinal);
        foreach (var (setting, role) in Settings)
        {
            if (settings[setting] is not { Length: > 0 } value)
            {
                continue;
            }

            error = settings.IsUnresolved(setting) ? AppSettingText.Unresolved(setting)
                : value.Length is < ShortestKey or > LongestKey ? $"{setting} has {value.Length} characters: it has to have {ShortestKey} to {LongestKey}"
                : !value.All(c => c is > ' ' and <= '~') ? $"{setting} has a character that cannot stand in a header: it has to be printable ASCII without blanks"
                : !read.TryAdd(value, new ApiKey(role, value)) ? $"{setting} is the same key as another setting: each has to be its own"
                : null;
            if (error is not null)
            {
                return false;
            }
        }

        keys = new ApiKeys(read.Values);
        return true;
    }

    /// <summary>Null when it is none of them. Takes as long whichever it is, or none.</summary>
    public ApiKey? Find(string presented)
    {
        if (presented.Length > LongestKey)
        {
            return null;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(presented));
        ApiKey? found = null;
        foreach (var key in All)
        {
            found = key.Is(hash) ? key : found;
        }

        return found;
    }
}
