using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Where a daemon stands on which chain, as far as it can be compared with others.</summary>
public sealed record ChainPosition
{
    /// <summary>Only daemons with the same text here are compared.</summary>
    public required string Chain { get; set; }

    /// <summary>In blocks.</summary>
    public required long Height { get; set; }

    /// <summary>See <see cref="ChainMarks"/>.</summary>
    public ImmutableArray<BlockMark> Marks { get => field.IsDefault ? [] : field; set; } = [];

    /// <summary>
    /// Null for what cannot be compared: a height or a network that is not known, and a daemon that was started with <c>--offline</c>, whose
    /// chain is its own on purpose. The network is the daemon's own word (<c>nettype</c>); its first block would not do, since a regtest chain
    /// begins with mainnet's. Everybody can have a regtest chain, so those are compared within one agent only.
    /// </summary>
    /// <param name="told">What the daemon said.</param>
    /// <param name="agent">Whose daemon it is.</param>
    public static ChainPosition? Of(ChainAnswer.Told told, NodeName agent) => told switch
    {
        { Offline: true } or { Height: null } or { Network: null } => null,
        { Network: ChainNetwork.Regtest } => new() { Chain = $"{told.Network} of {agent}", Height = told.Height.Value, Marks = told.Marks },
        _ => new() { Chain = $"{told.Network}", Height = told.Height.Value, Marks = told.Marks },
    };
}
