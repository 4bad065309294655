using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Whom a command speaks to.</summary>
internal abstract record RemoteChoice
{
    private RemoteChoice()
    {
    }

    /// <summary>The agent of this machine.</summary>
    public sealed record Here : RemoteChoice;

    /// <summary>A monitor.</summary>
    public sealed record There(MonitorTarget Target) : RemoteChoice;

    /// <summary>The command line was wrong.</summary>
    /// <param name="Problem">One sentence, without a secret.</param>
    public sealed record Refused(string Problem) : RemoteChoice;
}
