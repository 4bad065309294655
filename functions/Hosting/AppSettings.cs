using System.Collections;
using System.Collections.Frozen;

namespace MoneroCloud.Functions;

/// <summary>The app's settings, which are environment variables in both modes. Not a record: its text would show secrets.</summary>
internal sealed class AppSettings
{
    private const string SectionSeparator = "__";

    private const string VaultReference = "@Microsoft.KeyVault(";

    private readonly FrozenDictionary<string, string> _values;

    public AppSettings(IEnumerable<KeyValuePair<string, string>> values) =>
        _values = values.ToFrozenDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal);

    /// <summary>Null when it is not set. A setting may be set and empty.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>
    /// Whether the platform could not fetch a secret from the vault: it then hands over the reference as it is written, which everybody can guess.
    /// </summary>
    public bool IsUnresolved(string name) => this[name]?.StartsWith(VaultReference, StringComparison.OrdinalIgnoreCase) is true;

    public static AppSettings OfEnvironment() => new(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? "")));

    /// <summary>Of <c>Section__Key</c>, by key: <c>Section("ServiceBus")["fullyQualifiedNamespace"]</c>.</summary>
    public IReadOnlyDictionary<string, string> Section(string name)
    {
        var prefix = name + SectionSeparator;
        return _values
            .Where(setting => setting.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(setting => setting.Key[prefix.Length..], setting => setting.Value, StringComparer.Ordinal);
    }
}
