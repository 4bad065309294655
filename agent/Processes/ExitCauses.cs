using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Recognises in a child's last output why it ended. The words are those of monero 0.18, seen on its stdout.</summary>
internal static class ExitCauses
{
    private static readonly (string Words, ExitCause Cause)[] Certain =
    [
        ("Failed to bind IPv4", ExitCause.PortTaken),
        ("Failed to bind IPv6", ExitCause.PortTaken),
        ("Address already in use", ExitCause.PortTaken),
        ("invalid password", ExitCause.WrongPassword),
        ("is opened by another wallet program", ExitCause.WalletLocked),
        ("Wallet initialization failed: file not found", ExitCause.WalletMissing),
        ("Failed to save wallet", ExitCause.SaveFailed),
        ("failed to save file", ExitCause.SaveFailed),
        ("Failed to parse arguments", ExitCause.BadFlag),
        ("Must specify --", ExitCause.BadFlag),
        ("Cannot specify --", ExitCause.BadFlag),
        ("are incompatible, use only one of them", ExitCause.BadFlag),
        ("permits inbound unencrypted external connections", ExitCause.BadFlag),
        ("No space left on device", ExitCause.DiskFull),
        ("std::bad_alloc", ExitCause.OutOfMemory),
        ("annot allocate memory", ExitCause.OutOfMemory),
    ];

    /// <summary>Also said by programs that go on working; they explain an exit only when nothing else does.</summary>
    private static readonly (string Words, ExitCause Cause)[] Likely =
    [
        ("Failed to initialize wallet RPC server", ExitCause.BadFlag),
        ("no connection to daemon", ExitCause.DaemonRefused),
        ("No connection to daemon", ExitCause.DaemonRefused),
    ];

    /// <param name="tail">The output of this life alone (<see cref="LogTail"/>): the log has those of earlier lives too.</param>
    /// <param name="exit">A clean exit and a kill from outside have no cause in the output.</param>
    internal static ExitCause Recognise(string tail, ProcessExit exit) => exit switch
    {
        ProcessExit.Exited(0) or ProcessExit.NeverStarted => ExitCause.Unknown,
        ProcessExit.Killed(Signals.Abort) => Last(tail, Certain) ?? ExitCause.Unknown,
        ProcessExit.Killed => ExitCause.Unknown,
        _ => Last(tail, Certain) ?? Last(tail, Likely) ?? ExitCause.Unknown,
    };

    /// <summary>What was said last counts: a program that goes on after an error ends for another reason.</summary>
    private static ExitCause? Last(string tail, (string Words, ExitCause Cause)[] table)
    {
        var last = -1;
        ExitCause? found = null;
        foreach (var (words, cause) in table)
        {
            var at = tail.LastIndexOf(words, StringComparison.Ordinal);
            if (at > last)
            {
                (last, found) = (at, cause);
            }
        }

        return found;
    }
}
