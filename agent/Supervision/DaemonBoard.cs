using System.Collections.Concurrent;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How each daemon of this agent answered last, put up by its own node for the wallets that use it.</summary>
internal sealed class DaemonBoard
{
    private readonly ConcurrentDictionary<NodeName, DaemonSighting> _sightings = new();

    public void Put(NodeName daemon, ApiAnswer answer)
    {
        DaemonSighting? sighting = answer switch
        {
            ApiAnswer.NotAsked or ApiAnswer.OwnFailure => null,
            ApiAnswer.Refused or ApiAnswer.Unreachable => DaemonSighting.Refuses,
            ApiAnswer.TimedOut => DaemonSighting.Silent,
            _ => DaemonSighting.Answers,
        };
        if (sighting is { } known)
        {
            _sightings[daemon] = known;
        }
    }

    public void PutGone(NodeName daemon) => _sightings[daemon] = DaemonSighting.Refuses;

    public DaemonSighting Of(DaemonReference? daemon) =>
        daemon?.Node is { } node ? _sightings.GetValueOrDefault(node, DaemonSighting.NotKnown) : DaemonSighting.NotKnown;
}
