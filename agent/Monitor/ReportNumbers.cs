namespace MoneroCloud.Agent;

/// <summary>Numbers of reports: they rise within the epoch, across the agent's own restarts too.</summary>
internal sealed class ReportNumbers(long life)
{
    private uint _n;

    public long Next() => (life << 32) | ++_n;
}
