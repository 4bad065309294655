using System.Text.Json.Nodes;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A node for agent.json that somebody else runs.</summary>
internal static class WatchedNode
{
    public static JsonObject Json(string name, int port, string? unit = null, bool ofUser = false)
    {
        var node = new JsonObject { ["name"] = name, ["kind"] = "walletRpc", ["port"] = port, ["manage"] = "watch" };
        if (unit is not null)
        {
            node["unit"] = unit;
            node["unitManager"] = ofUser ? "user" : "system";
        }

        return node;
    }

    /// <summary>An agent that has only these nodes.</summary>
    public static AgentUnderTest Agent(string name, params JsonObject[] nodes)
    {
        var agent = AgentUnderTest.Create(name);
        agent.Configure(config => Only(config, nodes));
        return agent;
    }

    public static void Only(JsonObject config, params JsonObject[] nodes) => config["nodes"] = new JsonArray([.. nodes.Select(n => (JsonNode)n.DeepClone())]);
}
