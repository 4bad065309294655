using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Gathers what decisions about alerts rest on; what several of them need is read once, so one of these lives as long as one run.</summary>
internal sealed partial class RoutingViews(Monitor monitor)
{
    private readonly ILogger _log = monitor.Logs.CreateLogger<RoutingViews>();
    private readonly Dictionary<NodeName, DateTimeOffset?> _silentAgents = [];
    private readonly Dictionary<NodeId, bool> _downDaemons = [];
    private List<Silence>? _silences;

    public async Task<RoutingView> OfAsync(Alert alert, Incident? incident, bool wasPutOff, CancellationToken cancellation) => new()
    {
        Now = monitor.Now,
        Rules = monitor.Policy.Rules,
        Incident = incident,
        Silences = [.. await SilencesAsync(cancellation)],
        AgentSilentSince = NodeId.TryParse(alert.Subject, out var node) ? await SilentSinceAsync(node.Agent, cancellation) : null,
        DaemonDown = alert.Daemon is { } daemon && await IsDownAsync(daemon, cancellation),
        WasPutOff = wasPutOff,
    };

    /// <summary>One that cannot be read hides nothing: rather one message too many.</summary>
    private async Task<List<Silence>> SilencesAsync(CancellationToken cancellation)
    {
        if (_silences is null)
        {
            var found = new List<Silence>();
            await foreach (var silence in monitor.Table.ListReadableAsync(Shard.Of(NodeId.Monitor), KeyRange.Prefix(Keys.Silences), CoreJson.Default.Silence, Skip, cancellation))
            {
                found.Add(silence.Value);
            }

            _silences = found;
        }

        return _silences;
    }

    private async Task<DateTimeOffset?> SilentSinceAsync(NodeName agent, CancellationToken cancellation)
    {
        if (!_silentAgents.TryGetValue(agent, out var silent))
        {
            var row = await monitor.Table.ReadAsync(Keys.Agent(agent), cancellation);
            silent = row is null ? null : Documents.TryRead(row, CoreJson.Default.AgentRecord, Skip)?.Value.SilentSince;
            _silentAgents[agent] = silent;
        }

        return silent;
    }

    private async Task<bool> IsDownAsync(NodeId daemon, CancellationToken cancellation)
    {
        if (!_downDaemons.TryGetValue(daemon, out var down))
        {
            var row = await monitor.Table.ReadAsync(Keys.Node(daemon), cancellation);
            down = row is not null && Documents.TryRead(row, CoreJson.Default.NodeRecord, Skip)?.Value.CountedState() == HealthState.Down;
            _downDaemons[daemon] = down;
        }

        return down;
    }

    private void Skip(UnreadableRowException e) => Log.Unreadable(_log, e.Message);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "a row does not count for who is told: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);
    }
}
