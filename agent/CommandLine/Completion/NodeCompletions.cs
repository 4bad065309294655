using System.CommandLine;
using System.CommandLine.Completions;

namespace MoneroCloud.Agent;

/// <summary>The nodes that may stand for NODE: those of the agent of this machine, or of the monitor that is named. Says nothing, and waits for nobody, where they cannot be had.</summary>
internal sealed class NodeCompletions(Option<string?> config, CommandShell shell)
{
    private const string Argument = "NODE";

    /// <summary>Somebody has just pressed a key.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Of all commands below this one.</summary>
    public void AddTo(Command command)
    {
        foreach (var argument in command.Arguments.Where(a => a.Name == Argument))
        {
            argument.CompletionSources.Add(Nodes);
        }

        foreach (var below in command.Subcommands)
        {
            AddTo(below);
        }
    }

    private IEnumerable<CompletionItem> Nodes(CompletionContext context)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return [.. NamesAsync(context.ParseResult, limit.Token).GetAwaiter().GetResult().Select(n => new CompletionItem(n))];
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<string>> NamesAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var ofMonitor = RemoteOptions.Completing(parsed, config, shell);
        var seen = new List<string>();
        await RemoteOptions.RunAsync(
            ofMonitor,
            shell with { Error = TextWriter.Null },
            () => TakeAsync(new AgentEye(parsed.GetValue(config), null, shell.Time), seen, cancellation),
            monitor => TakeAsync(new MonitorEye(monitor, null), seen, cancellation));
        return seen;
    }

    /// <summary>Its name where no other node has it, and its id.</summary>
    private static async Task<int> TakeAsync(IFleetEye eye, List<string> seen, CancellationToken cancellation)
    {
        var look = await eye.LookAsync(cancellation);
        var names = look.Nodes.GroupBy(n => n.Name, StringComparer.Ordinal).Where(same => same.Count() == 1).Select(same => same.Key);
        seen.AddRange(names.Concat(look.Nodes.Select(n => n.Id)));
        return 0;
    }
}
