using System.Collections.Immutable;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>Reads and validates monitor.json with the environment variables that override it.</summary>
internal sealed class MonitorConfigReader
{
    public const int MaxBytes = 1024 * 1024;

    public const string DefaultDataFolder = "monitor-data";

    private readonly string _file;
    private readonly IReadOnlyDictionary<string, string> _variables;
    private readonly ConfigErrors _errors;

    private MonitorConfigReader(string file, IReadOnlyDictionary<string, string> variables, ConfigErrors errors)
    {
        _file = file;
        _variables = variables;
        _errors = errors;
    }

    private string Folder => Path.GetDirectoryName(_file) ?? "/";

    /// <summary>Never throws for what the text, the overrides, or a file they name, is or holds.</summary>
    /// <param name="path">As the operator names it; messages begin with it, and relative paths are relative to its folder.</param>
    /// <param name="json">The file's content; null when there is no file.</param>
    /// <param name="overrides">As <see cref="SettingVariables.Among"/> finds them.</param>
    /// <param name="variables">The environment, to see whether logins are there.</param>
    public static MonitorConfigResult Read(
        string path, byte[]? json, ImmutableSortedDictionary<string, string> overrides, IReadOnlyDictionary<string, string> variables)
    {
        var errors = new ConfigErrors(path);
        var config = Root(json, errors) is { } root
            ? new MonitorConfigReader(Path.GetFullPath(path), variables, errors).Read(new SettingVariables(MonitorSettings.Shape, errors).Override(root, overrides))
            : null;
        return config is null || errors.Any
            ? new MonitorConfigResult.Refused(errors.Errors)
            : new MonitorConfigResult.Ok(config, new MonitorConfigText(json is null ? null : Encoding.UTF8.GetString(json), overrides), errors.Warnings);
    }

    private static JsonItem.Object? Root(byte[]? json, ConfigErrors errors)
    {
        if (json is null)
        {
            return new JsonItem.Object([], 1);
        }

        var root = JsonTree.Read(json, errors);
        if (root is not null and not JsonItem.Object)
        {
            errors.Refuse(root.Line, "", $"must be an object, not {root.Noun}");
        }

        return root as JsonItem.Object;
    }

    private MonitorConfig Read(JsonItem.Object root)
    {
        var file = new ConfigSection(root, "", MonitorSettings.Shape, _errors);
        file.Text(MonitorSettings.SchemaAddress);
        var alerts = file.Group(MonitorPolicySettings.Alerts.Section);
        var channels = new ChannelReader(Folder, _variables).Read(alerts);
        ImmutableArray<ConfiguredNode> nodes = [.. file.Named(MonitorSettings.Nodes).Select(entry => new MonitorNodeReader(entry, Folder, _variables).Read()).OfType<ConfiguredNode>()];
        var config = new MonitorConfig
        {
            File = _file,
            Nodes = nodes,
            DataFolder = DataFolder(file),
            PublicUrl = PublicUrl(file),
            AgentsBus = AddressText.ReadBus(file, MonitorSettings.AgentsBus),
            Probe = MonitorPolicySettings.Probe.Read(file),
            Periods = MonitorPolicySettings.Periods.Read(file),
            History = MonitorPolicySettings.History.Read(file),
            Alerts = MonitorPolicySettings.Alerts.ReadSection(alerts),
            Restarts = MonitorPolicySettings.Restarts.Read(file),
            Channels = channels,
            Rules = new AlertRuleReader([.. channels.Select(c => c.Name)], nodes).Read(alerts),
            Diagnosis = PolicySettings.Diagnosis.Read(file),
            Health = PolicySettings.Health.Read(file),
        };
        return Listening(file, new WatchReader(file, _variables).Read(config));
    }

    private static MonitorConfig Listening(ConfigSection file, MonitorConfig config)
    {
        var bus = file.Group(MonitorSettings.Bus);
        var http = ListenAddress.Read(file, MonitorSettings.Listen, "keys and answers go in clear") ?? config.Listen;
        var broker = ListenAddress.Read(bus, MonitorSettings.BusListen, "logins and messages go in clear") ?? config.BusListen;
        if (ListenAddress.Collide(http, broker) && bus?.Has(MonitorSettings.BusListen) == true)
        {
            bus.Refuse(MonitorSettings.BusListen, $"is taken by listen, {http}");
        }
        else if (ListenAddress.Collide(http, broker))
        {
            file.Refuse(MonitorSettings.Listen, $"is taken by bus.listen, {broker}");
        }

        return config with { Listen = http, BusListen = broker };
    }

    private string DataFolder(ConfigSection file)
    {
        var folder = Path.GetFullPath(file.Text(MonitorSettings.Data) ?? DefaultDataFolder, Folder);
        if (File.Exists(folder))
        {
            file.RefuseUnshown(MonitorSettings.Data, $"{folder} is not a folder");
        }

        return folder;
    }

    private static Uri? PublicUrl(ConfigSection file)
    {
        var url = AddressText.Read(file, MonitorSettings.PublicUrl);
        return url is null || url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
    }
}
