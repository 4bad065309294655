using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary><c>history</c>, <c>order</c>, <c>orders</c> and <c>health</c>: what only a monitor knows.</summary>
internal static class MonitorCommands
{
    public static IEnumerable<Command> Build(Option<string?> config, CommandShell shell)
    {
        yield return HistoryCommand.Build(config, shell);
        yield return Order(config, shell);
        yield return Orders(config, shell);
        yield return Health(config, shell);
    }

    private static Command Order(Option<string?> config, CommandShell shell)
    {
        var id = new Argument<string>("ID") { Description = "As it was shown when it was given" };
        var json = Json("Machine-readable");
        var command = new Command("order", "Show how far an order of a monitor is; exit 0 done, 1 not done, 3 not over yet") { id, json };
        return On(command, config, shell, (monitor, parsed, cancellation) =>
            new RemoteOrder(monitor).RunAsync(parsed.GetValue(id)!, parsed.GetValue(json), cancellation));
    }

    private static Command Orders(Option<string?> config, CommandShell shell)
    {
        var node = new Argument<string>("NODE") { Description = "An id or a name" };
        var lines = new Option<int>("--lines", "-n") { Description = "How many, 1 to 200", DefaultValueFactory = _ => 20 };
        var json = Json("One JSON object a line");
        var command = new Command("orders", "Show the last orders of a monitor about a node: who gave them or why, and how far they are") { node, lines, json };
        command.Validators.Add(result => LineCount.Validate(result, lines, RemoteOrderList.Most));
        return On(command, config, shell, (monitor, parsed, cancellation) =>
            new RemoteOrderList(monitor).RunAsync(parsed.GetValue(node)!, parsed.GetValue(lines), parsed.GetValue(json), cancellation));
    }

    private static Command Health(Option<string?> config, CommandShell shell)
    {
        var command = new Command("health", "Show the health of a monitor and its nodes, as JSON; exit 0 healthy, 1 degraded, 3 stale; needs no key");
        return On(command, config, shell, (monitor, _, cancellation) => new RemoteHealth(monitor).RunAsync(cancellation), needsKey: false);
    }

    public static Option<bool> Json(string description) => new("--json") { Description = description };

    /// <summary>What a command does that only a monitor can answer.</summary>
    public static Command On(
        Command command, Option<string?> config, CommandShell shell, Func<RemoteMonitor, ParseResult, CancellationToken, Task<int>> run, bool needsKey = true)
    {
        var remote = RemoteOptions.On(command, config);
        command.SetAction((parsed, cancellation) => RemoteOptions.RunAsync(
            remote.OfMonitor(parsed, shell, needsKey),
            shell,
            () => throw new InvalidOperationException("only a monitor is asked"),
            monitor => run(monitor, parsed, cancellation)));
        return command;
    }
}
