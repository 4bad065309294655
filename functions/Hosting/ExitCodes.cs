namespace MoneroCloud.Functions;

/// <summary>How the program ends.</summary>
internal static class ExitCodes
{
    /// <summary>Stopped by a signal, standalone.</summary>
    public const int Stopped = 0;

    /// <summary>A fault: the port was taken, or a task of its own ended by itself.</summary>
    public const int Fault = 1;

    /// <summary>A setting, an argument or a file of the app is wrong.</summary>
    public const int Refused = 2;

    /// <summary>As a shell has it. Only in handler mode, where a code of 0 would mean that nothing starts the program again.</summary>
    public static int Signalled(int signal) => 128 + signal;
}
