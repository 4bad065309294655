using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary>The command line of <c>monerocloud</c>: every command with its options. Exit codes: 0 good, 1 failed, 2 wrong usage, 3 unknown.</summary>
internal static class CommandLineRoot
{
    public const int UsageError = 2;

    public static RootCommand Build()
    {
        var config = new Option<string?>("--config", "-c")
        {
            Description = "The configuration file (default: $MONEROCLOUD_CONFIG, then /etc/monerocloud/agent.json)",
            HelpName = "FILE",
            Recursive = true,
        };
        var root = new RootCommand("Starts, watches and restarts monero-wallet-rpc and monerod processes.") { config };
        root.Subcommands.Add(AgentCommand.Build(config));
        root.Subcommands.Add(StatusCommand.Build(config));
        foreach (var order in OrderCommands.Build(config))
        {
            root.Subcommands.Add(order);
        }

        root.Subcommands.Add(EventsCommand.Build(config));
        root.Subcommands.Add(LogsCommand.Build(config));
        root.Subcommands.Add(AgentOrderCommand.Build(config, "reload", "Take the configuration file anew; a bad one is refused and changes nothing", ControlVerb.Reload));
        root.Subcommands.Add(AgentOrderCommand.Build(config, "down", "Save and stop all nodes, then end the agent", ControlVerb.Down));
        root.Subcommands.Add(EnrollCommand.Build(config));
        root.Subcommands.Add(ConfigCommands.Build(config));
        return root;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"monerocloud: {error.Message}");
            }

            await Console.Error.WriteLineAsync("see 'monerocloud --help'");
            return UsageError;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"monerocloud: {e.Message}");
            return 1;
        }
    }
}
