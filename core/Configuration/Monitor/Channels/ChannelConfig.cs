namespace MoneroCloud.Core;

/// <summary>One way alerts go out. What is said of a kind, how it is read and what comes of it stands in that kind's own file.</summary>
/// <param name="Name">Unique in the file; looks like a node's name.</param>
internal abstract record ChannelConfig(string Name)
{
    /// <summary>The channel where none is configured: an alert must go somewhere.</summary>
    public static ChannelConfig Default { get; } = new LogChannel("log");

    /// <summary>Messages that it takes within a minute; null: any number.</summary>
    public int? PerMinute { get; init; }

    /// <summary>What it needs from the environment. A monitor does not start without.</summary>
    public virtual IEnumerable<AlertSecret> Secrets() => [];
}
