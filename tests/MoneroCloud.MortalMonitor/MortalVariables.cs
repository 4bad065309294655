namespace MoneroCloud.MortalMonitor;

/// <summary>What the test says to this program.</summary>
public static class MortalVariables
{
    /// <summary>The point at which it dies, as <see cref="Points"/> has them; unset: it lives.</summary>
    public const string At = "MORTAL_AT";

    /// <summary>A file to which every point is added that it passes, one a line.</summary>
    public const string Points = "MORTAL_POINTS";

    /// <summary>By how many seconds its clock is ahead.</summary>
    public const string Later = "MORTAL_LATER";

    /// <summary>The connection string of a table service that takes the place of the SQLite file; unset: the file.</summary>
    public const string Tables = "MORTAL_TABLES";

    /// <summary>Set: messages are sent as soon as something is due, and not gathered.</summary>
    public const string Haste = "MORTAL_HASTE";

    /// <summary>For how many seconds a process that died keeps others from probing a shard; unset: as long as ever.</summary>
    public const string Lease = "MORTAL_LEASE";

    /// <summary>A planted defect: one of those below.</summary>
    public const string Defect = "MORTAL_DEFECT";

    /// <summary>A write of several rows is no longer one write.</summary>
    public const string Torn = "torn";

    /// <summary>What is claimed to be sent is taken out of the store before it is sent.</summary>
    public const string TakesOut = "takes-out";

    /// <summary>Records of deliveries are not stored; not in a life whose clock is ahead, which could not come to an end.</summary>
    public const string Forgets = "forgets";

    /// <summary>A row is replaced whatever has become of it meanwhile.</summary>
    public const string Blind = "blind";
}
