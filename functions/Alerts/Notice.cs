using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One message over one channel: one alert, or many that came together.</summary>
internal sealed record Notice
{
    /// <summary>The same for every try of this message: what the receiver may drop repeats by. Letters, digits, '-', ':' and '.', at most 100.</summary>
    public required string Key { get; init; }

    /// <summary>By the monitor's clock, the same for every try.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>At least one, in the order in which they happened.</summary>
    public required ImmutableArray<NoticeItem> Items { get; init; }

    /// <summary>Where they are shown: the incident, or the list; null without a <c>publicUrl</c>.</summary>
    public Uri? Link { get; init; }

    public AlertSeverity Severity => Items.Max(i => i.Alert.Severity);
}
