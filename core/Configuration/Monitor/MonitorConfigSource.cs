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
