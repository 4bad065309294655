using System.CommandLine;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>config check</c> and <c>config schema</c>, of the agent's file or of the monitor's, and <c>config extract</c>, of an exported monitor's.</summary>
internal static class ConfigCommands
{
    public static Command Build(Option<string?> config, CommandShell shell) =>
        new("config", "The agent's configuration, and the monitor's") { BuildCheck(config), BuildSchema(), BuildExtract(shell) };

    private static Command BuildCheck(Option<string?> config)
    {
        var monitor = new Option<string?>("--monitor")
        {
            Description = "Validate this monitor.json instead, with the overrides of this environment",
            HelpName = "FILE",
        };
        var check = new Command("check", "Validate the configuration file and everything on this host that it names") { monitor };
        check.Validators.Add(result =>
        {
            if (result.GetResult(monitor) is not null && result.GetResult(config) is not null)
            {
                result.AddError("--monitor and --config name two files; keep one");
            }
        });
        check.SetAction(parsed => parsed.GetValue(monitor) is { } file ? MonitorConfigCheck.Run(file) : Check(ConfigLocation.Of(parsed.GetValue(config))));
        return check;
    }

    private static Command BuildSchema()
    {
        var monitor = new Option<bool>("--monitor") { Description = "That of monitor.json instead" };
        var schema = new Command("schema", "Print the JSON Schema of the configuration file") { monitor };
        schema.SetAction(parsed => Console.Write(parsed.GetValue(monitor) ? MonitorSchema.Text() : ConfigSchema.Text()));
        return schema;
    }

    private static Command BuildExtract(CommandShell shell)
    {
        var file = new Argument<string>("FILE") { Description = "As 'export' wrote it" };
        var output = new Option<string>("--output", "-o") { Description = "Where to write it, with mode 0600", HelpName = "FILE", Required = true };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there" };
        var extract = new Command("extract", "Write the monitor.json that an exported monitor ran with, and name the variables that overrode it; asks no monitor") { file, output, force };
        extract.SetAction((parsed, cancellation) => new ConfigExtract(shell).RunAsync(parsed.GetValue(file)!, parsed.GetValue(output)!, parsed.GetValue(force), cancellation));
        return extract;
    }

    private static int Check(string file)
    {
        switch (AgentConfigReader.Read(file, HostFacts.Read()))
        {
            case ConfigResult.Ok ok:
                ConfigReport.Warn(ok.Warnings);
                Console.WriteLine($"{file}: good; agent {ok.Config.Agent}, {ok.Config.Nodes.Length} nodes, state in {ok.Config.StateFolder}");
                return 0;
            case ConfigResult.Refused refused:
                return ConfigReport.Refuse(refused.Errors);
            default:
                throw new InvalidOperationException("a configuration is either good or refused");
        }
    }
}
