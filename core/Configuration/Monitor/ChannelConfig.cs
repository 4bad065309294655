namespace MoneroCloud.Core;

/// <summary>One way alerts go out.</summary>
internal abstract record ChannelConfig
{
    private ChannelConfig(string name) => Name = name;

    /// <summary>The channel where none is configured: an alert must go somewhere.</summary>
    public static ChannelConfig Default { get; } = new Log("log");

    /// <summary>Unique in the file; looks like a node's name.</summary>
    public string Name { get; }

    /// <summary>One line on the monitor's stdout.</summary>
    public sealed record Log(string Name) : ChannelConfig(Name);
}
