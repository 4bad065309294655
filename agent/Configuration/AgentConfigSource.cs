namespace MoneroCloud.Agent;

/// <summary>The agent's configuration file, read anew at each call.</summary>
internal sealed class AgentConfigSource(string path)
{
    public ConfigResult Read() => AgentConfigReader.Read(path, HostFacts.Read());
}
