namespace MoneroCloud.Core;

/// <summary>Stands beside any condition; Up with a note is Degraded.</summary>
public enum Note
{
    SaveFailed,
    DiskLow,
}
