using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>A node as the monitor has stored it, confirmed to be hung: all that a restart needs is there.</summary>
internal static class HungNode
{
    public static readonly ProcessIdentity Life = new("9d1c1b0e-0000-4000-8000-000000000000", 812, 4711, "host.main:0123456789abcdef:x");

    public static RemedySituation Fresh { get; } = new() { Now = Given.Now, EvidenceAge = TimeSpan.FromSeconds(1), EvidenceLimit = TimeSpan.FromMinutes(2) };

    public static NodeRecord Record { get; } = Of(Condition.Hung);

    /// <summary>With a condition and the remedy that goes with it.</summary>
    public static NodeRecord Of(Condition condition, Remedy remedy = Remedy.Restart, HealthState state = HealthState.Down) =>
        NodeRecord.New(new NodeId(NodeName.Parse("host"), NodeName.Parse("main")), NodeKind.WalletRpc, Given.Now) with
        {
            Identity = Life,
            Host = new HostSighting(1, new ObservedEvidence(7, Given.Now, 3, new VerdictRow(condition, 2, []), new HostEvidence()), Given.Now),
            Health = new Health
            {
                State = state,
                Condition = condition,
                Since = Given.Now,
                Last = new Diagnosis { Condition = condition, State = state, Certainty = Certainty.Probable, Remedy = remedy, Explanation = $"it is {condition}" },
            },
        };

    /// <summary>The last automatic restart, of that life and as long ago.</summary>
    public static AutomaticRestart Restart(TimeSpan ago, OutcomeResult? result = null, int number = 1) => new()
    {
        Order = "a0123456789abcdef0123456789abcdef",
        Identity = Life,
        Condition = Condition.Hung,
        Try = number,
        PlacedAt = Given.Now - ago,
        ExpiresAt = Given.Now - ago + TimeSpan.FromMinutes(5),
        EndedAt = result is null ? null : Given.Now - ago,
        Result = result,
    };
}
