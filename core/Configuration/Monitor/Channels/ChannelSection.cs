using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What a kind of channel is read from.</summary>
/// <param name="Name">The channel's; empty when it is missing or wrong, which is reported.</param>
/// <param name="Folder">Relative paths are relative to it.</param>
internal sealed record ChannelSection(ConfigSection Section, string Name, string Folder)
{
    /// <summary>The addresses of a list of mail addresses; one that is there twice is reported.</summary>
    public ImmutableArray<string> Addresses(Setting setting)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var texts = Section.Texts(setting);
        foreach (var twice in texts.Where(t => !seen.Add(t.Value)))
        {
            Section.Refuse(setting, twice.Line, twice.Part, "is in the list twice");
        }

        return [.. texts.Select(t => t.Value)];
    }

    /// <summary>Where it posts to. Null when it is missing or wrong, which is reported.</summary>
    public PostTarget? Target(Setting setting) => PostTarget.Read(Section, setting);

    /// <summary>Null when it is not there, or wrong, which is reported.</summary>
    public AlertSecretName? Secret(Setting setting) => AlertSecretName.TryParse(Section.Text(setting), out var name) ? name : null;
}
