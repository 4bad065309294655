using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>All that this process was started with.</summary>
internal sealed record UsedConfig
{
    public required MonitorConfig Config { get; init; }

    /// <summary>What it was made from.</summary>
    public required MonitorConfigText Source { get; init; }

    public required MonitorPolicy Policy { get; init; }

    /// <summary>What its channels need.</summary>
    public AlertSecrets Secrets { get; init; } = AlertSecrets.None;

    public required StartUp.Ready Start { get; init; }

    /// <summary>What is allowed but probably not meant.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>What is wrong with the operator's own configuration, when this is an earlier one; empty when it is his.</summary>
    public ImmutableArray<string> Refused { get; init; } = [];

    /// <summary>When the earlier one was kept.</summary>
    public DateTimeOffset? KeptAt { get; init; }
}
