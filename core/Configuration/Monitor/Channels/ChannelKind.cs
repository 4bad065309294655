using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>One kind of channel. The reader, docs/monitor.md and the schema follow from it.</summary>
/// <param name="Name">What <c>kind</c> says.</param>
/// <param name="Description">A sentence.</param>
/// <param name="Settings">Those that other kinds do not have.</param>
/// <param name="Read">Makes the channel of its section; null when something was refused, which is reported.</param>
internal sealed record ChannelKind(string Name, string Description, IReadOnlyList<Setting> Settings, Func<ChannelSection, ChannelConfig?> Read)
{
    /// <summary>What a limit is at most.</summary>
    public const int MostPerMinute = 600;

    public static Setting NameSetting { get; } = new("name", NodeShapes.Name, "The channel's name, unique in the file.") { Required = true };

    /// <summary>Messages a minute where the file does not say; null: any number.</summary>
    public int? PerMinute { get; init; }

    public ValueShape.Variant Shape => new(
        Name,
        Description,
        new ValueShape.Group([NameSetting, new Setting("kind", new ValueShape.Choice([Name]), "Which kind of channel it is.") { Required = true }, .. Settings, PerMinuteSetting]));

    public Setting PerMinuteSetting => new(
        "perMinute",
        new ValueShape.Whole(1, MostPerMinute),
        "Messages a minute that go out over it: what is more goes into one later.")
    {
        DefaultInWords = PerMinute?.ToString(CultureInfo.InvariantCulture) ?? "no limit",
    };
}
