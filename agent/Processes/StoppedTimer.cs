using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Measures how long one process has been in state T, from sighting to sighting.</summary>
internal sealed class StoppedTimer(TimeProvider time)
{
    private ProcessIdentity? _stopped;
    private long _since;

    /// <summary>The sighting with <see cref="ProcessSighting.Alive.StoppedFor"/> where it is stopped: zero when first seen so.</summary>
    internal ProcessSighting Track(ProcessSighting sighting)
    {
        if (sighting is not ProcessSighting.Alive { RunState: ProcessRunState.Stopped } alive)
        {
            _stopped = null;
            return sighting;
        }

        if (_stopped != alive.Identity)
        {
            _stopped = alive.Identity;
            _since = time.GetTimestamp();
        }

        return alive with { StoppedFor = time.GetElapsedTime(_since) };
    }
}
