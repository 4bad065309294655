using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary><c>agent</c>: supervises in the foreground until it is told to leave.</summary>
internal static class AgentCommand
{
    public static Command Build(Option<string?> config)
    {
        var command = new Command("agent", "Supervise the nodes of the configuration, in the foreground. SIGTERM: leave, the processes stay and the next agent adopts them. SIGINT: save and stop them all, then leave");
        command.SetAction((parsed, _) => RunAsync(ConfigLocation.Of(parsed.GetValue(config))));
        return command;
    }

    private static async Task<int> RunAsync(string file)
    {
        Signals.RestoreChildDefault();
        var source = new AgentConfigSource(file);
        var read = source.Read();
        if (read is not ConfigResult.Ok ok)
        {
            return ConfigReport.Refuse(((ConfigResult.Refused)read).Errors);
        }

        ConfigReport.Warn(ok.Warnings);
        return await new AgentRun(source, ok.Config, TimeProvider.System).RunAsync();
    }
}
