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

    /// <summary>A planted defect: <see cref="Torn"/> or <see cref="Blind"/>.</summary>
    public const string Defect = "MORTAL_DEFECT";

    /// <summary>A write of several rows is no longer one write.</summary>
    public const string Torn = "torn";

    /// <summary>A row is replaced whatever has become of it meanwhile.</summary>
    public const string Blind = "blind";
}
