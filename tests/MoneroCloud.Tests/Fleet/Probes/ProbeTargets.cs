using System.Collections.Immutable;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>What a monitor's configuration says of nodes that it reaches by itself.</summary>
internal static class ProbeTargets
{
    public const string HeightJson = """{"id":"0","jsonrpc":"2.0","result":{"height":3210000}}""";

    /// <summary>A wallet-rpc with an open wallet; one answer a connection, in the order in which a probe asks.</summary>
    public static PeerScript Healthy { get; } = Play.Answers(Play.Answer(Play.VersionJson), Play.Answer(HeightJson));

    public static NodeId Id(string text) => NodeId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    /// <summary>A node without an agent.</summary>
    public static ProbeTarget Remote(string name, Uri address) => new() { Id = Id($"remote.{name}"), Address = address, Kind = NodeKind.WalletRpc };

    /// <summary>A node that an agent declares, and that the monitor reaches too.</summary>
    public static ProbeTarget Agents(NodeId id, Uri address) => new() { Id = id, Address = address };

    public static MonitorPolicy With(this MonitorPolicy policy, params ProbeTarget[] targets) => policy with { Targets = targets.ToImmutableDictionary(t => t.Id) };

    /// <summary>Where nobody listens.</summary>
    public static Uri Nobody() => new($"http://127.0.0.1:{FreePort.Next()}");
}
