using System.CommandLine;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>--monitor URL --key-file FILE [--allow-http]</c> of one command, and the variables in their place.</summary>
internal sealed class RemoteOptions
{
    private readonly Option<string?> config;

    private readonly Option<string?> monitor = new("--monitor")
    {
        Description = $"Ask this monitor: https, or http on this machine (default: ${Names.MonitorVariable})",
        HelpName = "URL",
    };

    private readonly Option<string?> keyFile = new("--key-file")
    {
        Description = $"A file of mode 0600 with a key of the monitor (default: ${Names.KeyVariable})",
        HelpName = "FILE",
    };

    private readonly Option<bool> allowHttp = new("--allow-http")
    {
        Description = "Take http to another machine too, although the key can be read on the way",
    };

    private RemoteOptions(Option<string?> config) => this.config = config;

    /// <summary>Gives them to a command.</summary>
    public static RemoteOptions On(Command command, Option<string?> config)
    {
        var options = new RemoteOptions(config);
        command.Options.Add(options.monitor);
        command.Options.Add(options.keyFile);
        command.Options.Add(options.allowHttp);
        return options;
    }

    /// <summary>Whom a command speaks to that means the agent of this machine unless a monitor is named.</summary>
    public RemoteChoice Of(ParseResult parsed, CommandShell shell)
    {
        var given = parsed.GetValue(monitor);
        var local = parsed.GetResult(config) is { Implicit: false };
        if (given is not null && local)
        {
            return new RemoteChoice.Refused("--monitor and --config exclude each other: either a monitor is asked, or the agent of this machine");
        }

        if (given is not null || (!local && shell.Given(Names.MonitorVariable) is not null))
        {
            return OfMonitor(parsed, shell);
        }

        return parsed.GetValue(keyFile) is null && !parsed.GetValue(allowHttp)
            ? new RemoteChoice.Here()
            : new RemoteChoice.Refused($"--key-file and --allow-http are for a monitor, and none is named: --monitor URL, or the variable {Names.MonitorVariable}");
    }

    /// <summary>Whom a command speaks to that only a monitor can answer.</summary>
    /// <param name="needsKey">False for the health, which is open.</param>
    /// <param name="known">The address, where a file of the command has it.</param>
    public RemoteChoice OfMonitor(ParseResult parsed, CommandShell shell, bool needsKey = true, string? known = null)
    {
        var given = parsed.GetValue(monitor);
        if (given is not null && known is not null)
        {
            return new RemoteChoice.Refused("--monitor and --file exclude each other: the file says where the monitor is");
        }

        if ((given ?? known ?? shell.Given(Names.MonitorVariable)) is not { } address)
        {
            return new RemoteChoice.Refused($"which monitor? --monitor URL, or the variable {Names.MonitorVariable}");
        }

        return RemoteKey.Read(parsed.GetValue(keyFile), shell) switch
        {
            RemoteKey.Bad bad => new RemoteChoice.Refused(bad.Problem),
            RemoteKey.None when needsKey => new RemoteChoice.Refused($"a key is needed: --key-file FILE, or the variable {Names.KeyVariable}"),
            var key => Target(address, known is not null ? "in the file" : given is null ? $"in {Names.MonitorVariable}" : "after --monitor", (key as RemoteKey.Found)?.Key, parsed.GetValue(allowHttp)),
        };
    }

    /// <summary>Runs the one or the other.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(RemoteChoice choice, CommandShell shell, Func<Task<int>> here, Func<RemoteMonitor, Task<int>> there)
    {
        switch (choice)
        {
            case RemoteChoice.Here:
                return await here();
            case RemoteChoice.There asked:
                using (var client = new MonitorClient(asked.Target, shell.Time))
                {
                    return await there(new RemoteMonitor(client, shell));
                }

            case RemoteChoice.Refused refused:
                return shell.Fail(ExitCode.Usage, refused.Problem);
            default:
                throw new InvalidOperationException(choice.GetType().Name);
        }
    }

    // The address is never repeated: somebody may have put a login into it.
    private static RemoteChoice Target(string address, string place, MonitorKey? key, bool allowHttp)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return new RemoteChoice.Refused($"the monitor's address {place} has to be https://HOST[:PORT]");
        }

        var target = new MonitorTarget { Address = uri, Key = key, AllowPlainHttp = allowHttp };
        if (target.Problem() is not { } problem)
        {
            return new RemoteChoice.There(target);
        }

        var way = (target with { AllowPlainHttp = true }).Problem() is null ? "; --allow-http takes it nevertheless" : "";
        return new RemoteChoice.Refused($"the monitor's address {place} {problem}{way}");
    }
}
