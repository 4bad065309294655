using System.Security.Cryptography;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The text in a child's environment by which its agent knows it again: <c>agent.name:installation:random</c>.
/// The installation is the first 16 hex digits of SHA-256 of agent.json's canonical path, so two agents of one name never adopt each other's children.
/// </summary>
internal sealed class Marker(NodeName agent, string configFile)
{
    public string Installation { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(configFile)))[..16];

    /// <summary>With what all markers of this agent begin, whatever the installation.</summary>
    public string Prefix => $"{agent}.";

    public string New(NodeName node) => $"{agent}.{node}:{Installation}:{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    /// <summary>The node a marker of this agent and installation names; null for any other text.</summary>
    public NodeName? NodeOf(string marker)
    {
        var parts = marker.Split(':');
        return parts is [var id, var installation, _]
            && installation == Installation
            && NodeId.TryParse(id, out var node)
            && node.Agent == agent
                ? node.Name
                : null;
    }
}
