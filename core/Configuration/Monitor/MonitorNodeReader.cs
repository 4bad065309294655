using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Reads one node of monitor.json.</summary>
/// <param name="folder">Relative paths are relative to it.</param>
/// <param name="variables">The environment, to see whether a login is there.</param>
internal sealed class MonitorNodeReader(ConfigEntry entry, string folder, IReadOnlyDictionary<string, string> variables)
{
    private readonly ConfigSection _section = entry.Section;

    /// <returns>Null when something was refused.</returns>
    public ConfiguredNode? Read()
    {
        var url = ProbeUrl();
        var tls = Tls(url);
        var secret = LoginSecret();
        var isRemote = entry.Shape == MonitorNodeSettings.Remote;
        var remote = isRemote ? Remote() : null;
        if (url is null || tls is null || (isRemote && remote is null) || !NodeId.TryParse(entry.Name, out var id))
        {
            return null;
        }

        return remote is { } known
            ? new ConfiguredNode.Remote { Id = id, ProbeUrl = url, Tls = tls, LoginSecret = secret, Kind = known.Kind, Wallet = known.Wallet, Labels = Labels(), Available = Available() }
            : new ConfiguredNode.OfAgent { Id = id, ProbeUrl = url, Tls = tls, LoginSecret = secret };
    }

    private (NodeKind Kind, bool Wallet)? Remote()
    {
        var kind = NodeShapes.KindOf(_section.Text(MonitorNodeSettings.Kind));
        var wallet = _section.Truth(MonitorNodeSettings.Wallet) ?? false;
        if (wallet && kind == NodeKind.Daemon)
        {
            _section.RefuseUnshown(MonitorNodeSettings.Wallet, "a daemon has no wallet");
        }

        return kind is null ? null : (kind.Value, wallet);
    }

    private ImmutableSortedDictionary<string, string> Labels() =>
        _section.Map(MonitorNodeSettings.Labels).ToImmutableSortedDictionary(l => l.Key, l => l.Value.Value, StringComparer.Ordinal);

    private bool Available() => _section.Truth(MonitorNodeSettings.Available) ?? true;

    private Uri? ProbeUrl()
    {
        var url = AddressText.Read(_section, MonitorNodeSettings.ProbeUrl);
        return url is null ? null : new Uri(url.GetLeftPart(UriPartial.Authority) + "/");
    }

    private TlsTrust? Tls(Uri? url)
    {
        if (_section.Has(MonitorNodeSettings.Tls) && url?.Scheme == Uri.UriSchemeHttp)
        {
            _section.RefuseUnshown(MonitorNodeSettings.Tls, "goes with an https address, and probeUrl is http");
        }

        return TlsSettings.Read(_section, MonitorNodeSettings.Tls, folder);
    }

    /// <summary>Whether the login is there is no matter of the file: the configuration stands without, and the node shows what is wrong.</summary>
    private LoginSecretName? LoginSecret()
    {
        if (!LoginSecretName.TryParse(_section.Text(MonitorNodeSettings.LoginSecret), out var name))
        {
            return null;
        }

        name.Read(variables, out var problem);
        if (problem is not null)
        {
            _section.Warn(MonitorNodeSettings.LoginSecret, $"{problem}: the node is probed without a login");
        }

        return name;
    }
}
