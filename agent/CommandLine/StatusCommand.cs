using System.CommandLine;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>status --all | ID | NAME</c>: checks now, through the agent where one runs, else there and then.</summary>
internal static class StatusCommand
{
    public static Command Build(Option<string?> config)
    {
        var node = new Argument<string?>("NODE") { Description = "An id or a name", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all", "-a") { Description = "All nodes (default without NODE)" };
        var method = new Option<CheckMethod>("--method", "-m") { Description = "pid, port, api or full", DefaultValueFactory = _ => CheckMethod.Full, HelpName = "pid|port|api|full" };
        var json = new Option<bool>("--json") { Description = "Machine-readable" };
        var strict = new Option<bool>("--strict") { Description = "Exit 1 whenever a node is not usable now, even while its state is still Up" };
        var save = new Option<bool>("--save") { Description = "Take the result into the node's health, as a regular check" };
        var command = new Command("status", "Check nodes and show their state; exit 0 working, 1 failed, 3 unknown") { node, all, method, json, strict, save };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetValue(node) is not null)
            {
                result.AddError("status takes either --all or one NODE");
            }

            // A number is read as a method, whether there is one or not. Of the token: to get a value that cannot be read throws.
            if (result.GetResult(method) is { Tokens: [var token] } && Enum.TryParse(token.Value, ignoreCase: true, out CheckMethod given) && !Enum.IsDefined(given))
            {
                result.AddError("--method takes pid, port, api or full");
            }
        });
        command.SetAction((parsed, cancellation) => RunAsync(
            new StatusRequest(parsed.GetValue(config), parsed.GetValue(node), parsed.GetValue(method), parsed.GetValue(json), parsed.GetValue(strict), parsed.GetValue(save)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(StatusRequest request, CancellationToken cancellation)
    {
        var nodes = new List<NodeStatus>();
        MonitorStatus? monitor = null;
        var exit = await request.Client().AskAsync(
            new ControlRequest { Verb = ControlVerb.Check, Node = request.Node, Method = request.Method, Save = request.Save },
            reply => monitor = Collect(reply, nodes) ?? monitor,
            cancellation);
        if (exit is null)
        {
            if (request.Save)
            {
                await Console.Error.WriteLineAsync("monerocloud: no agent runs, so there is nowhere to save to");
                return 1;
            }

            exit = await LocalCheck.RunAsync(request.Config, request.Node, request.Method, nodes.Add, cancellation);
        }

        if (exit != 0)
        {
            return exit.Value;
        }

        Show(request, nodes, monitor);
        return request.Node is null
            ? ExitCode.Of(nodes.Select(n => (n.CountedState, n.Worked)), request.Strict)
            : ExitCode.Of(nodes[0].CountedState, nodes[0].Worked, request.Strict);
    }

    /// <returns>What it says of the monitor; null for anything else.</returns>
    private static MonitorStatus? Collect(ControlReply reply, List<NodeStatus> nodes)
    {
        switch (reply)
        {
            case ControlReply.NodeLine line:
                nodes.Add(line.Node);
                return null;
            case ControlReply.MonitorLine line:
                return line.Monitor;
            case ControlReply.Refused refused:
                Console.Error.WriteLine($"monerocloud: {refused.Message}");
                return null;
            default:
                return null;
        }
    }

    private static void Show(StatusRequest request, List<NodeStatus> nodes, MonitorStatus? monitor)
    {
        if (!request.Json)
        {
            StatusTable.Write(nodes, one: request.Node is not null);
            if (request.Node is null && monitor is not null)
            {
                Console.WriteLine(MonitorText.Of(monitor, TimeProvider.System.GetUtcNow()));
            }

            return;
        }

        Console.WriteLine(request.Node is not null
            ? JsonSerializer.Serialize(nodes[0], CommandLineJson.Default.NodeStatus)
            : JsonSerializer.Serialize(StatusReport.Of(nodes) with { Monitor = monitor }, CommandLineJson.Default.StatusReport));
    }
}
