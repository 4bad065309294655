using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The daemon that a wallet uses.</summary>
/// <param name="Node">The node of this agent; null when it is not one.</param>
/// <param name="Host">An address or a name.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record DaemonReference(NodeName? Node, string Host, int Port)
{
    /// <summary><c>host:port</c>, as <c>--daemon-address</c> takes it.</summary>
    public string Address => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
