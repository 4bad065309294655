namespace MoneroCloud.Agent;

/// <summary>What systemd says of a unit.</summary>
internal abstract record UnitLook
{
    private UnitLook()
    {
    }

    /// <param name="MainPid">0 when it has none.</param>
    /// <param name="ActiveState">active, activating, deactivating, inactive, failed.</param>
    /// <param name="IsLoaded">False: systemd does not know such a unit.</param>
    /// <param name="Result">Why it ended: success, exit-code, signal, oom-kill, timeout ...; null when it is not told.</param>
    public sealed record Told(int MainPid, string ActiveState, bool IsLoaded, string? Result) : UnitLook
    {
        /// <summary>
        /// systemd does nothing about it any more. In any other state it, or whoever stopped it, is at work on it; and a time-out is mostly that of
        /// a stop which somebody wanted.
        /// </summary>
        public bool IsGivenUp => ActiveState == "failed" && Result != "timeout";
    }

    /// <param name="Why">systemd could not be asked: the failure in words.</param>
    public sealed record NotTold(string Why) : UnitLook;
}
