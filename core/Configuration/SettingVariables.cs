using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// The environment variables that override single values of a file: <c>Section__Key</c> for a key in a section, <c>Key</c> for one at the file's top.
/// </summary>
/// <remarks>
/// Those with a section are taken whatever their case, and an unknown one is refused. One without a section must be spelled exactly, for a shell has
/// variables of its own: a <c>DATA</c> that somebody exported must not move a monitor's data.
/// </remarks>
internal sealed class SettingVariables(ValueShape.Group file, ConfigErrors errors)
{
    private const string Separator = "__";

    /// <summary>The variable of a setting, as it is documented.</summary>
    /// <param name="section">Null for a setting at the file's top.</param>
    public static string NameOf(Setting? section, Setting setting) =>
        section is null ? Capital(setting.Key) : Capital(section.Key) + Separator + Capital(setting.Key);

    /// <summary>A single value; lists and objects have no variable.</summary>
    public static bool HasOne(Setting setting) =>
        setting.Shape is ValueShape.Text or ValueShape.Duration or ValueShape.Whole or ValueShape.Share or ValueShape.Truth or ValueShape.Choice
        && char.IsAsciiLetter(setting.Key[0]);

    /// <summary>Every single value of a file, with its section.</summary>
    public static IEnumerable<(Setting? Section, Setting Setting)> All(ValueShape.Group file) => file.Settings
        .SelectMany(s => s.Shape is ValueShape.Group group ? group.Settings.Select(inner => ((Setting?)s, inner)) : [(null, s)])
        .Where(pair => HasOne(pair.Item2));

    /// <summary>Those of the variables that mean this file, right or wrong.</summary>
    public static ImmutableSortedDictionary<string, string> Among(IReadOnlyDictionary<string, string> variables, ValueShape.Group file) => variables
        .Where(v => MeansFile(v.Key, file))
        .ToImmutableSortedDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);

    /// <returns>The file with the values of the variables in it; what is wrong with them is reported.</returns>
    public JsonItem.Object Override(JsonItem.Object root, ImmutableSortedDictionary<string, string> overrides)
    {
        var first = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (variable, value) in overrides)
        {
            if (!first.TryAdd(variable, variable))
            {
                Refuse(variable, $"is {first[variable]} once more; keep one of them");
            }
            else if (Find(variable) is var (section, setting) && Item(section, setting, variable, value) is { } item)
            {
                root = section is null ? With(root, setting, item, variable) : WithInSection(root, section, setting, item, variable);
            }
        }

        return root;
    }

    private static bool MeansFile(string variable, ValueShape.Group file)
    {
        var end = variable.IndexOf(Separator, StringComparison.Ordinal);
        return end < 0
            ? file.Settings.Any(s => HasOne(s) && NameOf(null, s) == variable)
            : file.Settings.Any(s => !HasOne(s) && s.Key.Equals(variable[..end], StringComparison.OrdinalIgnoreCase));
    }

    /// <returns>Null when it names no single value, which is reported.</returns>
    private (Setting? Section, Setting Setting)? Find(string variable)
    {
        var parts = variable.Split(Separator);
        if (parts.Length == 1)
        {
            return (null, file.Settings.First(s => HasOne(s) && NameOf(null, s) == variable));
        }

        var section = file.Settings.First(s => s.Key.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
        if (section.Shape is not ValueShape.Group { Settings: var settings })
        {
            Refuse(variable, $"only a single value can be set by a variable; \"{section.Key}\" stands in the file");
            return null;
        }

        var setting = settings.FirstOrDefault(s => s.Key.Equals(parts[1], StringComparison.OrdinalIgnoreCase));
        if (setting is not null && !HasOne(setting))
        {
            Refuse(variable, $"only a single value can be set by a variable; \"{section.Key}.{setting.Key}\" stands in the file");
            return null;
        }

        if (setting is not null && parts.Length == 2)
        {
            return (section, setting);
        }

        var near = NearestKey.Find(parts[1], settings.Where(HasOne).Select(s => s.Key));
        var hint = near is null ? "" : $"; did you mean \"{NameOf(section, settings.First(s => s.Key == near))}\"?";
        Refuse(variable, $"is not a known setting{hint}");
        return null;
    }

    /// <returns>Null when the text is no such value, which is reported; bounds are the reader's to judge.</returns>
    private JsonItem? Item(Setting? section, Setting setting, string variable, string value)
    {
        JsonItem? item = setting.Shape switch
        {
            ValueShape.Whole or ValueShape.Share => TextPatterns.Number.IsMatch(value) ? new JsonItem.Number(value, 0) : null,
            ValueShape.Truth => bool.TryParse(value, out var truth) ? new JsonItem.Truth(truth, 0) : null,
            _ => value.Contains('\0') ? null : new JsonItem.Text(value, 0),
        };
        if (item is null)
        {
            var path = section is null ? setting.Key : $"{section.Key}.{setting.Key}";
            var shown = value.Length is > 0 and <= 40 && !value.Any(char.IsControl) ? $"\"{value}\"" : null;
            errors.Refuse(0, path, $"must be {setting.Shape.Noun}", shown, variable: variable);
        }

        return item;
    }

    private static JsonItem.Object WithInSection(JsonItem.Object root, Setting section, Setting setting, JsonItem item, string variable) =>
        root.Find(section.Key) switch
        {
            null => root with { Members = root.Members.Add(new JsonItem.Member(section.Key, 1, With(new JsonItem.Object([], 1), setting, item, variable))) },
            { Value: JsonItem.Object inner } member => root with { Members = root.Members.Replace(member, member with { Value = With(inner, setting, item, variable) }) },
            // The file itself is wrong there, and the reader says so.
            _ => root,
        };

    private static JsonItem.Object With(JsonItem.Object value, Setting setting, JsonItem item, string variable)
    {
        var member = new JsonItem.Member(setting.Key, 0, item, variable);
        return value with { Members = value.Find(setting.Key) is { } old ? value.Members.Replace(old, member) : value.Members.Add(member) };
    }

    private void Refuse(string variable, string message) => errors.Refuse(0, "", message, variable: variable);

    private static string Capital(string key) => char.ToUpperInvariant(key[0]) + key[1..];
}
