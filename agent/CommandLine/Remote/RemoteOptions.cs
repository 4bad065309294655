using System.CommandLine;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>--monitor URL --key-file FILE [--allow-http]</c> of one command, and the variables in their place.</summary>
internal sealed class RemoteOptions
{
    private const string Monitor = "--monitor";
    private const string KeyFile = "--key-file";
    private const string AllowHttp = "--allow-http";

    private readonly Option<string?> config;
    private readonly Option<string?> monitor;
    private readonly Option<string?> keyFile;
    private readonly Option<bool> allowHttp;

    private RemoteOptions(Option<string?> config, Option<string?> monitor, Option<string?> keyFile, Option<bool> allowHttp) =>
        (this.config, this.monitor, this.keyFile, this.allowHttp) = (config, monitor, keyFile, allowHttp);

    /// <summary>Gives them to a command.</summary>
    public static RemoteOptions On(Command command, Option<string?> config)
    {
        var monitor = new Option<string?>(Monitor) { Description = $"Ask this monitor: https, or http on this machine (default: ${Names.MonitorVariable})", HelpName = "URL" };
        var keyFile = new Option<string?>(KeyFile) { Description = $"A file of mode 0600 with a key of the monitor (default: ${Names.KeyVariable})", HelpName = "FILE" };
        var allowHttp = new Option<bool>(AllowHttp) { Description = "Take http to another machine too, although the key can be read on the way" };
        command.Options.Add(monitor);
        command.Options.Add(keyFile);
        command.Options.Add(allowHttp);
        return new RemoteOptions(config, monitor, keyFile, allowHttp);
    }

    /// <summary>Whom to ask for what may stand in a line that is not finished: the monitor that is named, else the agent of this machine.</summary>
    public static RemoteChoice Completing(ParseResult parsed, Option<string?> config, CommandShell shell)
    {
        var known = parsed.CommandResult.Command.Options.ToLookup(o => o.Name);
        return known[Monitor].FirstOrDefault() is Option<string?> monitor && known[KeyFile].FirstOrDefault() is Option<string?> keyFile && known[AllowHttp].FirstOrDefault() is Option<bool> allowHttp
            ? new RemoteOptions(config, monitor, keyFile, allowHttp).Of(parsed, shell)
            : new RemoteChoice.Here();
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
