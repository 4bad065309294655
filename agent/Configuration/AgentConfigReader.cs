using System.Collections.Immutable;
using System.Net;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Reads and validates agent.json, with everything on the host that it names. Secrets are fetched anew at each call, so a reload takes changed ones.
/// </summary>
internal sealed class AgentConfigReader
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>A unix socket's address holds 107 bytes.</summary>
    private const int MaxSocketPath = 107;

    private readonly string _file;
    private readonly HostFacts _host;
    private readonly ConfigErrors _errors;

    private AgentConfigReader(string file, HostFacts host, ConfigErrors errors)
    {
        _file = file;
        _host = host;
        _errors = errors;
    }

    private string Folder => Path.GetDirectoryName(_file) ?? "/";

    /// <summary>Never throws for what the file, or a file it names, is or holds.</summary>
    /// <param name="path">As the operator names it; messages begin with it.</param>
    public static ConfigResult Read(string path, HostFacts host)
    {
        var errors = new ConfigErrors(path);
        var content = RegularFile.Read(path, MaxBytes, out var problem);
        if (content is null)
        {
            errors.Refuse(1, "", problem!);
            return new ConfigResult.Refused(errors.Errors);
        }

        FileTrust.Check(path, host, errors);
        var config = JsonTree.Read(content, errors) switch
        {
            null => null,
            JsonItem.Object root => new AgentConfigReader(FileStatus.Canonical(path) ?? Path.GetFullPath(path), host, errors).Read(root),
            var other => NotAnObject(other, errors),
        };
        return config is null || errors.Any ? new ConfigResult.Refused(errors.Errors) : new ConfigResult.Ok(config, errors.Warnings);
    }

    private static AgentConfig? NotAnObject(JsonItem root, ConfigErrors errors)
    {
        errors.Refuse(root.Line, "", $"must be an object, not {root.Noun}");
        return null;
    }

    /// <returns>Null when something was refused.</returns>
    private AgentConfig? Read(JsonItem.Object root)
    {
        var file = new ConfigSection(root, "", AgentSettings.Shape, _errors);
        var agent = Agent(file);
        var state = StateFolder(file);
        ImmutableArray<NodeDraft> drafts = [.. file.Groups(AgentSettings.Nodes).Select(node => new NodeReader(node, Folder, _host).Read())];
        var daemons = Daemons(drafts);
        if (drafts.Sum(d => d.Name?.ToString().Length ?? 0) is > Report.MostNameText and var letters)
        {
            file.RefuseUnshown(AgentSettings.Nodes, $"the names of all nodes have {letters} characters together: at most {Report.MostNameText}");
        }

        var monitor = file.Group(LinkSettings.Policy.Section);
        var policies = new AgentConfig
        {
            File = _file,
            Agent = agent ?? default,
            StateFolder = state ?? "",
            Nodes = [],
            Supervision = AgentPolicySettings.Supervision.Read(file),
            Diagnosis = PolicySettings.Diagnosis.Read(file),
            Health = PolicySettings.Health.Read(file),
            Checks = AgentPolicySettings.Checks.Read(file),
            Monitor = LinkSettings.Policy.ReadSection(monitor),
            Webhook = monitor is null ? null : Webhook(monitor),
            Metrics = Metrics(file.Group(MetricsSettings.Section), drafts),
        };
        return _errors.Any ? null : policies with { Nodes = [.. drafts.Select((draft, i) => draft.Finish(daemons[i]))] };
    }

    private static ImmutableArray<DaemonReference?> Daemons(ImmutableArray<NodeDraft> drafts)
    {
        FleetRules.Check(drafts);
        var reader = new DaemonReader(drafts);
        ImmutableArray<DaemonReference?> daemons = [.. drafts.Select(reader.Read)];
        foreach (var (i, draft) in drafts.Index())
        {
            FleetRules.WarnOfDaemonLogin(draft, daemons[i], drafts);
        }

        return daemons;
    }

    private static IPEndPoint? Metrics(ConfigSection? section, ImmutableArray<NodeDraft> drafts)
    {
        var listen = ListenAddress.Read(section, MetricsSettings.Listen, exposed: null);
        if (listen is not null && drafts.FirstOrDefault(d => d.Port == listen.Port) is { } node)
        {
            section!.Refuse(MetricsSettings.Listen, $"has the port of node {node.Name}");
        }

        return listen;
    }

    private Secret? Webhook(ConfigSection monitor)
    {
        if (monitor.Text(LinkSettings.Webhook) is not { } source)
        {
            return null;
        }

        var secret = new SecretReader(Folder, _host).Read(source, out var problem);
        problem ??= Uri.TryCreate(secret!.Reveal(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? null
            : $"{source} holds no http or https address";
        if (problem is not null)
        {
            monitor.RefuseUnshown(LinkSettings.Webhook, problem);
        }

        return secret;
    }

    private NodeName? Agent(ConfigSection file)
    {
        file.Text(AgentSettings.SchemaAddress);
        var text = file.Has(AgentSettings.Agent) ? file.Text(AgentSettings.Agent) : _host.HostName;
        if (text is null)
        {
            return null;
        }

        if (!NodeName.TryParse(text, out var name))
        {
            file.RefuseUnshown(AgentSettings.Agent, $"is missing, and the machine's host name, \"{text}\", is not a name: {NodeName.Rule}");
            return null;
        }

        if (NodeId.IsReservedAgentName(text))
        {
            file.RefuseUnshown(AgentSettings.Agent, $"\"{text}\" is reserved: an agent is called neither {NodeId.Remote} nor {NodeId.Monitor}");
        }

        return name;
    }

    private string? StateFolder(ConfigSection file)
    {
        var folder = file.Has(AgentSettings.StateFolder) ? file.Text(AgentSettings.StateFolder) : _host.DefaultStateFolder();
        if (folder is null)
        {
            if (!file.Has(AgentSettings.StateFolder))
            {
                file.RefuseUnshown(AgentSettings.StateFolder, "is missing, and neither XDG_STATE_HOME nor HOME says where it should be");
            }

            return null;
        }

        var full = Path.GetFullPath(folder, Folder);
        var problem = FileStatus.Of(full) is { Kind: not FileKind.Folder } ? $"{full} is not a folder"
            : Encoding.UTF8.GetByteCount(Path.Combine(full, Names.ControlSocket)) > MaxSocketPath
                ? $"{full} is too long: with {Names.ControlSocket} a path of at most {MaxSocketPath} bytes is allowed"
            : null;
        if (problem is not null)
        {
            file.RefuseUnshown(AgentSettings.StateFolder, problem);
        }

        return full;
    }
}
