namespace MoneroCloud.Core;

/// <summary>The four methods of a check; docs/monitoring.md compares them.</summary>
public enum CheckMethod
{
    Pid,
    Port,
    Api,
    Full,
}
