namespace MoneroCloud.Agent;

/// <summary>Signal numbers (the same on x64 and arm64), and the one disposition that must be right before the first spawn.</summary>
internal static class Signals
{
    internal const int Hangup = 1;
    internal const int Interrupt = 2;
    internal const int Abort = 6;
    internal const int Kill = 9;
    internal const int Terminate = 15;
    internal const int Child = 17;
    internal const int Continue = 18;
    internal const int Stop = 19;

    /// <summary>
    /// Sets SIGCHLD to its default. Whoever started us may have left it ignored, and then the kernel reaps our children
    /// before we can read how they ended. To be called first in Main.
    /// </summary>
    internal static void RestoreChildDefault() => LibC.Signal(Child, 0);
}
