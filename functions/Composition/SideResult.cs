namespace MoneroCloud.Functions;

/// <summary>Whether one form of the monitor could be composed.</summary>
internal abstract record SideResult
{
    private SideResult()
    {
    }

    public sealed record Ready(MonitorSide Side) : SideResult;

    /// <param name="Error">Names the setting, the file or the address, and what is in the way; never a secret.</param>
    /// <param name="ExitCode">2 for what an operator set wrong, 1 for what is in the way.</param>
    public sealed record Refused(string Error, int ExitCode) : SideResult;
}
