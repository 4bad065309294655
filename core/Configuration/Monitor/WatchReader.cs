using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Reads how the monitor watches itself, and who watches it.</summary>
/// <param name="variables">The environment, to see whether the address is there.</param>
internal sealed class WatchReader(ConfigSection file, IReadOnlyDictionary<string, string> variables)
{
    public MonitorConfig Read(MonitorConfig config)
    {
        var self = file.Group(WatchSettings.SelfCheck.Section);
        var dead = file.Group(WatchSettings.DeadMan.Section);
        return config with
        {
            SelfCheck = WatchSettings.SelfCheck.ReadSection(self),
            SelfCheckTargets = self is null ? [] : Targets(self),
            DeadMan = WatchSettings.DeadMan.ReadSection(dead),
            DeadManUrl = dead is null ? null : Url(dead),
        };
    }

    private static ImmutableArray<Uri> Targets(ConfigSection self)
    {
        var targets = ImmutableArray.CreateBuilder<Uri>();
        foreach (var text in self.Texts(WatchSettings.Targets))
        {
            if (!Uri.TryCreate(text.Value, UriKind.Absolute, out var target) || target.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic)
            {
                self.Refuse(WatchSettings.Targets, text, "is not an address: its host, or its port, which is from 1 to 65535, is wrong");
            }
            else if (targets.Contains(target))
            {
                self.Refuse(WatchSettings.Targets, text, "is given twice");
            }
            else
            {
                targets.Add(target);
            }
        }

        return targets.ToImmutable();
    }

    /// <summary>Whether the variable is there is no matter of the file: a start without it is refused, a check elsewhere is not.</summary>
    private PostTarget? Url(ConfigSection dead)
    {
        var url = PostTarget.Read(dead, WatchSettings.Url);
        foreach (var secret in WatchSettings.Secrets(url))
        {
            secret.Read(variables, out var problem);
            if (problem is not null)
            {
                dead.Warn(secret.Setting, $"{problem}: no monitor starts like this");
            }
        }

        return url;
    }
}
