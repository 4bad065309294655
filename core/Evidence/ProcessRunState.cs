namespace MoneroCloud.Core;

/// <summary>The letter of <c>/proc/PID/stat</c> field 3, as far as it matters. Z and X are not here: they are "gone".</summary>
public enum ProcessRunState
{
    Running,
    Sleeping,
    DiskSleep,

    /// <summary>T (a stop signal) or t (a tracer).</summary>
    Stopped,

    Other,
}
