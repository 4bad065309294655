using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary><c>export</c> and <c>import</c>: a monitor's state and configuration as one file, to another monitor or another kind of store.</summary>
internal static class StateCommands
{
    public static IEnumerable<Command> Build(Option<string?> config, CommandShell shell)
    {
        yield return Export(config, shell);
        yield return Import(config, shell);
    }

    private static Command Export(Option<string?> config, CommandShell shell)
    {
        var output = new Option<string>("--output", "-o") { Description = "The file, of mode 0600; it has its name once it is whole", HelpName = "FILE", Required = true };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there" };
        var command = new Command("export", "Write what a monitor knows (nodes, history, roll-ups, incidents, agents' public keys, its configuration; no secret) into one file; needs an operator's key") { output, force };
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) => new RemoteExport(monitor).RunAsync(parsed.GetValue(output)!, parsed.GetValue(force), cancellation));
    }

    private static Command Import(Option<string?> config, CommandShell shell)
    {
        var file = new Argument<string>("FILE") { Description = "As 'export' wrote it" };
        var overwrite = new Option<bool>("--overwrite") { Description = "Into a store that is not empty too: what is in both becomes what the file says" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only have the monitor look at all of it; write nothing" };
        var command = new Command("import", "Put a file of 'export' into a monitor with an empty store, once all of it was looked at; given again after it was cut, it goes on; needs an operator's key") { file, overwrite, dryRun };
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) => new RemoteImport(monitor).RunAsync(parsed.GetValue(file)!, parsed.GetValue(overwrite), parsed.GetValue(dryRun), cancellation));
    }
}
