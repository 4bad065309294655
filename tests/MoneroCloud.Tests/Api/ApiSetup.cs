using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Api;

/// <summary>With what an <see cref="ApiUnderTest"/> is started.</summary>
internal sealed record ApiSetup
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public const string Operator = "operator-key-of-the-tests-0123456789abcdef";
    public const string OldOperator = "old-operator-key-of-the-tests-0123456789ab";
    public const string Viewer = "viewer-key-of-the-tests-0123456789abcdefgh";

    /// <summary>Stands still at noon unless it is advanced; the system's where something has to be waited for.</summary>
    public TimeProvider Time { get; init; } = new FakeTimeProvider(Noon);

    public bool Handler { get; init; }

    public MonitorPolicy Policy { get; init; } = new();

    public ApiKeys Keys { get; init; } = new(
        [new ApiKey(ApiRole.Operator, Operator), new ApiKey(ApiRole.Operator, OldOperator), new ApiKey(ApiRole.Viewer, Viewer)]);

    public bool EasyAuth { get; init; }

    public bool ConfigurationFailed { get; init; }

    /// <summary>What the broker says; none where there is no broker.</summary>
    public ImmutableArray<QueueDepth>? QueueDepths { get; init; }

    public static ApiSetup InRealTime { get; } = new() { Time = TimeProvider.System };

    public ApiSetup WithTarget(NodeId id, Uri address, RpcLogin? login = null, NodeKind? kind = null) => this with
    {
        Policy = Policy with { Targets = Policy.Targets.SetItem(id, new ProbeTarget { Id = id, Address = address, Login = login, Kind = kind }) },
    };
}
