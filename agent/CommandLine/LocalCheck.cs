using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Checks nodes there and then, without an agent: finds their processes by marker, and diagnoses without a streak.</summary>
internal static class LocalCheck
{
    /// <returns>0 when all chosen nodes were looked at; else the exit code, with the reason on stderr.</returns>
    public static async Task<int> RunAsync(string? option, string? node, CheckMethod method, Action<NodeStatus> add, CancellationToken cancellation)
    {
        var file = ConfigLocation.Of(option);
        var read = AgentConfigReader.Read(file, HostFacts.Read());
        if (read is not ConfigResult.Ok ok)
        {
            return ConfigReport.Refuse(((ConfigResult.Refused)read).Errors);
        }

        switch (NodeChoice.Of(node, ok.Config.Agent, ok.Config.Nodes.Select(n => n.Name)))
        {
            case NodeChoice.Refused refused:
                await Console.Error.WriteLineAsync($"monerocloud: {refused.Message}");
                return CommandLineRoot.UsageError;
            case NodeChoice.Chosen chosen:
                await Console.Error.WriteLineAsync($"monerocloud: no agent runs for {file}; checking from here");
                using (var look = new LookAround(ok.Config, TimeProvider.System))
                {
                    foreach (var status in await Task.WhenAll(chosen.Names.Select(n => look.AtAsync(n, method, cancellation))))
                    {
                        add(status);
                    }
                }

                return 0;
            default:
                throw new InvalidOperationException("nodes are either chosen or refused");
        }
    }
}
