namespace MoneroCloud.Core;

/// <summary>One line an alert on the monitor's stdout.</summary>
internal sealed record LogChannel(string Name) : ChannelConfig(Name)
{
    public static ChannelKind Kind { get; } = new("log", "One line an alert on the monitor's stdout.", [], channel => new LogChannel(channel.Name));
}
