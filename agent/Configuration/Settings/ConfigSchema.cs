using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The JSON Schema of agent.json, for editors and <c>config schema</c>.</summary>
internal static class ConfigSchema
{
    public static string Text() => SchemaText.Of("MoneroCloud agent.json", AgentSettings.Shape);
}
