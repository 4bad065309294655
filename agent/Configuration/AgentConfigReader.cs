namespace MoneroCloud.Agent;

/// <summary>placeholder for crefs until the reader lands</summary>
internal static class AgentConfigReader;
