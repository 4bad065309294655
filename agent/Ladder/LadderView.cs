using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A ladder as it is at one moment, under way or at its end; immutable.</summary>
/// <param name="Number">Which of the node's ladders in this agent's life.</param>
/// <param name="Order">The monitor's order that it is climbed for; null when there is none.</param>
internal sealed record LadderView(long Number, string? Order, RestartProof Proof)
{
    /// <summary>The step that is under way; null when none is.</summary>
    public LadderStep? Current { get; init; }

    public WalletLife Wallet { get; init; } = WalletLife.Unknown;
}
