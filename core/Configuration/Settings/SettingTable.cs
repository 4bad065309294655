using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>A table of settings in a document about a configuration file, made from the settings, so that it cannot say something else than the reader does.</summary>
internal static class SettingTable
{
    /// <param name="title">What stands above it, with its marks.</param>
    /// <param name="inline">Small groups whose own settings have rows here; any other group has a table of its own.</param>
    public static void Append(StringBuilder text, string title, ImmutableArray<Setting> settings, params ImmutableArray<Setting> inline)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{title}\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
        foreach (var (key, setting) in settings.SelectMany(s => Rows("", s, inline)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{key}` | {Value(setting.Shape)} | {Default(setting)} | {setting.Description} |\n");
        }
    }

    private static IEnumerable<(string Key, Setting Setting)> Rows(string prefix, Setting setting, ImmutableArray<Setting> inline)
    {
        yield return (prefix + setting.Key, setting);
        var inner = inline.Contains(setting) ? ((ValueShape.Group)setting.Shape).Settings : [];
        foreach (var row in inner.SelectMany(s => Rows($"{prefix}{setting.Key}.", s, inline)))
        {
            yield return row;
        }
    }

    private static string Default(Setting setting) =>
        setting.Required ? "required" : setting.DefaultInWords ?? (setting.Default is null ? "" : $"`{setting.Default.Trim('"')}`");

    private static string Value(ValueShape shape) => shape switch
    {
        ValueShape.Text text => text.Rule?.Replace("|", "\\|", StringComparison.Ordinal) ?? "text",
        ValueShape.Duration d => $"{DurationText.Format(d.Min)} to {DurationText.Format(d.Max)}{(d.OrNever ? ", or never" : "")}",
        ValueShape.Whole w => string.Create(CultureInfo.InvariantCulture, $"{w.Min} to {w.Max}"),
        ValueShape.Share s => string.Create(CultureInfo.InvariantCulture, $"{s.Min} to {s.Max}"),
        ValueShape.Texts t => string.Create(CultureInfo.InvariantCulture, $"{t.Min} to {t.Max} texts"),
        ValueShape.Groups g => string.Create(CultureInfo.InvariantCulture, $"1 to {g.Max:N0} objects"),
        ValueShape.Variants v => string.Create(CultureInfo.InvariantCulture, $"1 to {v.Max:N0} objects"),
        ValueShape.Map m => string.Create(CultureInfo.InvariantCulture, $"an object of at most {m.Max} texts"),
        ValueShape.Named n => string.Create(CultureInfo.InvariantCulture, $"an object of at most {n.Max:N0} objects by name"),
        _ => shape.Noun,
    };
}
