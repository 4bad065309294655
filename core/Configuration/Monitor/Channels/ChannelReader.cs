using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Reads the channels of monitor.json.</summary>
/// <param name="folder">Relative paths are relative to it.</param>
/// <param name="variables">The environment, to see whether secrets are there.</param>
internal sealed class ChannelReader(string folder, IReadOnlyDictionary<string, string> variables)
{
    /// <param name="alerts">Null where the section is missing.</param>
    public ImmutableArray<ChannelConfig> Read(ConfigSection? alerts)
    {
        if (alerts is null || !alerts.Has(ChannelKinds.Channels))
        {
            return [ChannelConfig.Default];
        }

        var names = new HashSet<string>();
        return [.. alerts.Variants(ChannelKinds.Channels).Select(v => Read(v, names)).OfType<ChannelConfig>()];
    }

    private ChannelConfig? Read(ConfigVariant told, HashSet<string> names)
    {
        var (section, kind) = (told.Section, ChannelKinds.All.First(k => k.Name == told.Variant.Name));
        var name = section.Text(ChannelKind.NameSetting);
        if (name is not null && !names.Add(name))
        {
            section.Refuse(ChannelKind.NameSetting, "is already the name of another channel");
        }

        var limit = section.Whole(kind.PerMinuteSetting);
        if (kind.Read(new ChannelSection(section, name ?? "", folder)) is not { } channel)
        {
            return null;
        }

        foreach (var secret in channel.Secrets())
        {
            secret.Read(variables, out var problem);
            if (problem is not null)
            {
                section.Warn(secret.Setting, $"{problem}: no monitor starts like this");
            }
        }

        return channel with { PerMinute = (int?)limit ?? kind.PerMinute };
    }
}
