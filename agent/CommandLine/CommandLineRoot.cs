using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary>The command line of <c>monerocloud</c>: every command with its options. Exit codes: 0 good, 1 failed, 2 wrong usage, 3 unknown.</summary>
internal static class CommandLineRoot
{
    public const int UsageError = 2;

    private const string Suggest = "[suggest";

    public static RootCommand Build(CommandShell shell)
    {
        var config = new Option<string?>("--config", "-c")
        {
            Description = "The configuration file (default: $MONEROCLOUD_CONFIG, then /etc/monerocloud/agent.json)",
            HelpName = "FILE",
            Recursive = true,
        };
        var root = new RootCommand("Starts, watches and restarts monero-wallet-rpc and monerod processes.") { config, KeyOption.Build() };
        root.Subcommands.Add(AgentCommand.Build(config));
        root.Subcommands.Add(StatusCommand.Build(config, shell));
        root.Subcommands.Add(WatchCommand.Build(config, shell));
        foreach (var order in OrderCommands.Build(config, shell))
        {
            root.Subcommands.Add(order);
        }

        root.Subcommands.Add(EventsCommand.Build(config));
        root.Subcommands.Add(LogsCommand.Build(config));
        root.Subcommands.Add(ReloadCommand.Build(config, shell));
        root.Subcommands.Add(AgentOrderCommand.Build(config, "down", "Save and stop all nodes, then end the agent", ControlVerb.Down));
        root.Subcommands.Add(EnrollCommand.Build(config, shell));
        root.Subcommands.Add(ConfigCommands.Build(config, shell));
        IEnumerable<Command> ofMonitor = [.. MonitorCommands.Build(config, shell), .. StateCommands.Build(config, shell), AgentCommands.Build(config, shell), .. IncidentCommands.Build(config, shell), .. SilenceCommands.Build(config, shell), AlertCommands.Build(config, shell)];
        foreach (var command in ofMonitor)
        {
            root.Subcommands.Add(command);
        }

        root.Subcommands.Add(CompletionCommand.Build(shell));
        new NodeCompletions(config, shell).AddTo(root);
        return root;
    }

    public static Task<int> RunAsync(string[] args) => RunAsync(args, CommandShell.System());

    public static async Task<int> RunAsync(string[] args, CommandShell shell)
    {
        var parsed = Build(shell).Parse(args);
        if (args is [{ } first, ..] && first.StartsWith(Suggest, StringComparison.Ordinal))
        {
            // A shell asks what may stand in a line that is not finished: no error of it is told.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = shell.Output });
        }

        if (KeyOption.IsIn(parsed))
        {
            return shell.Fail(UsageError, KeyOption.Refusal);
        }

        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await shell.Error.WriteLineAsync($"monerocloud: {error.Message}");
            }

            await shell.Error.WriteLineAsync("see 'monerocloud --help'");
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
            return shell.Fail(1, e.Message);
        }
    }
}
