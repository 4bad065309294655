using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary><c>config check</c> and <c>config schema</c>.</summary>
internal static class ConfigCommands
{
    public static Command Build(Option<string?> config)
    {
        var check = new Command("check", "Validate the configuration file and everything on this host that it names");
        check.SetAction(parsed => Check(ConfigLocation.Of(parsed.GetValue(config))));
        var schema = new Command("schema", "Print the JSON Schema of the configuration file");
        schema.SetAction(_ => Console.Write(ConfigSchema.Text()));
        return new Command("config", "The agent's configuration") { check, schema };
    }

    private static int Check(string file)
    {
        switch (AgentConfigReader.Read(file, HostFacts.Read()))
        {
            case ConfigResult.Ok ok:
                ConfigReport.Warn(ok);
                Console.WriteLine($"{file}: good; agent {ok.Config.Agent}, {ok.Config.Nodes.Length} nodes, state in {ok.Config.StateFolder}");
                return 0;
            case ConfigResult.Refused refused:
                return ConfigReport.Refuse(refused);
            default:
                throw new InvalidOperationException("a configuration is either good or refused");
        }
    }
}
