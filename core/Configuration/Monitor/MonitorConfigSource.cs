using System.Collections.Immutable;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>The monitor's configuration file and the environment, read anew at each call.</summary>
/// <param name="path">Of the file, as the operator names it.</param>
/// <param name="named">The operator named it, so it must be there; otherwise a missing file means that everything has its default.</param>
/// <param name="variables">The whole environment.</param>
internal sealed class MonitorConfigSource(string path, bool named, IReadOnlyDictionary<string, string> variables)
{
    /// <summary>Never throws for what the file or the environment holds.</summary>
    public MonitorConfigResult Read()
    {
        var overrides = SettingVariables.Among(variables, MonitorSettings.Shape);
        if (!named && IsMissing())
        {
            return Of(null, overrides);
        }

        if (SmallFile.Read(path, MonitorConfigReader.MaxBytes, out var problem) is { } content)
        {
            return Of(content, overrides);
        }

        var errors = new ConfigErrors(path);
        errors.Refuse(1, "", problem!);
        return new MonitorConfigResult.Refused(errors.Errors);
    }

    /// <summary>Reads a configuration that was good once, as <see cref="MonitorConfigResult.Ok.Source"/> kept it; today's file and overrides do not matter.</summary>
    public MonitorConfigResult Again(MonitorConfigText text) => Of(text.Json is null ? null : Encoding.UTF8.GetBytes(text.Json), text.Overrides);

    /// <summary>The data folder, as far as a configuration that is refused still tells it: where an earlier run left its state.</summary>
    public string LikelyDataFolder()
    {
        var told = variables.GetValueOrDefault(SettingVariables.NameOf(null, MonitorSettings.Data));
        if (told is null && SmallFile.Read(path, MonitorConfigReader.MaxBytes, out _) is { } content)
        {
            told = JsonTree.Read(content, new ConfigErrors(path)) is JsonItem.Object root
                ? (root.Find(MonitorSettings.Data.Key)?.Value as JsonItem.Text)?.Value
                : MonitorTextPatterns.DataInBrokenJson.Match(Encoding.UTF8.GetString(content)) is { Success: true } match ? match.Groups[1].Value
                : null;
        }

        var file = Path.GetFullPath(path);
        try
        {
            return Path.GetFullPath(told is { Length: > 0 } ? told : MonitorConfigReader.DefaultDataFolder, Path.GetDirectoryName(file) ?? "/");
        }
        catch (ArgumentException)
        {
            return file; // Which is no folder: there is nothing.
        }
    }

    private MonitorConfigResult Of(byte[]? json, ImmutableSortedDictionary<string, string> overrides) =>
        MonitorConfigReader.Read(path, json, overrides, variables);

    /// <summary>A file that is there and cannot be read is not missing, nor is one behind a folder that may not be entered.</summary>
    private bool IsMissing()
    {
        try
        {
            File.GetAttributes(path);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
