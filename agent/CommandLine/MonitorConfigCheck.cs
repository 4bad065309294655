using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>config check --monitor FILE</c>: judges the monitor's configuration as the monitor would with this environment, and connects nowhere.</summary>
internal static class MonitorConfigCheck
{
    /// <returns>The exit code.</returns>
    public static int Run(string file)
    {
        switch (new MonitorConfigSource(file, named: true, HostFacts.Read().Variables).Read())
        {
            case MonitorConfigResult.Ok ok:
                ConfigReport.Warn(ok.Warnings);
                Console.WriteLine($"{file}: good; {ok.Config.Nodes.Length} nodes, {ok.Config.Channels.Length} channels{Overridden(ok.Source)}");
                return 0;
            case MonitorConfigResult.Refused refused:
                return ConfigReport.Refuse(refused.Errors);
            default:
                throw new InvalidOperationException("a configuration is either good or refused");
        }
    }

    private static string Overridden(MonitorConfigText source) =>
        source.Overrides.IsEmpty ? "" : $", overridden by {string.Join(", ", source.Overrides.Keys)}";
}
