namespace MoneroCloud.Core;

/// <summary>Why a process ended, recognised in its last output. A closed table: raw log lines never leave the host.</summary>
public enum ExitCause
{
    Unknown,
    PortTaken,
    WrongPassword,
    WalletLocked,
    WalletMissing,
    SaveFailed,
    DaemonRefused,
    BadFlag,
    DiskFull,
    OutOfMemory,
}
