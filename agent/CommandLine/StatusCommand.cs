using System.CommandLine;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>status --all | ID | NAME</c>: checks now, through the agent where one runs, else there and then.</summary>
internal static class StatusCommand
{
    public static Command Build(Option<string?> config, CommandShell shell)
    {
        var node = new Argument<string?>("NODE") { Description = "An id or a name", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all", "-a") { Description = "All nodes (default without NODE)" };
        var method = new Option<CheckMethod>("--method", "-m") { Description = "pid, port, api or full (default: full; of a monitor: what is stored, without a check)", DefaultValueFactory = _ => CheckMethod.Full, HelpName = "pid|port|api|full" };
        var json = new Option<bool>("--json") { Description = "Machine-readable" };
        var strict = new Option<bool>("--strict") { Description = "Exit 1 whenever a node is not usable now, even while its state is still Up" };
        var save = new Option<bool>("--save") { Description = "Take the result into the node's health, as a regular check" };
        var command = new Command("status", "Check nodes and show their state; exit 0 working, 1 failed, 3 unknown") { node, all, method, json, strict, save };
        var remote = RemoteOptions.On(command, config);
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
        command.SetAction((parsed, cancellation) =>
        {
            var request = new StatusRequest(parsed.GetValue(config), parsed.GetValue(node), parsed.GetValue(method), parsed.GetValue(json), parsed.GetValue(strict), parsed.GetValue(save));
            var check = request.Save || parsed.GetResult(method) is { Implicit: false };
            return RemoteOptions.RunAsync(
                remote.Of(parsed, shell),
                shell,
                () => RunAsync(request, shell, cancellation),
                monitor => RunAsync(request, check, monitor, cancellation));
        });
        return command;
    }

    private static async Task<int> RunAsync(StatusRequest request, bool check, RemoteMonitor monitor, CancellationToken cancellation)
    {
        var (nodes, exit) = await new RemoteStatus(monitor, check ? request.Method : null, request.Save).AskAsync(request.Node, cancellation);
        return nodes is null ? exit : Show(request, nodes, null, monitor.Shell);
    }

    private static async Task<int> RunAsync(StatusRequest request, CommandShell shell, CancellationToken cancellation)
    {
        var nodes = new List<NodeStatus>();
        LinkStatus? monitor = null;
        var exit = await request.Client().AskAsync(
            new ControlRequest { Verb = ControlVerb.Check, Node = request.Node, Method = request.Method, Save = request.Save },
            reply => monitor = Collect(reply, nodes, shell) ?? monitor,
            cancellation);
        if (exit is null)
        {
            if (request.Save)
            {
                return shell.Fail(ExitCode.Failed, "no agent runs, so there is nowhere to save to");
            }

            exit = await LocalCheck.RunAsync(request.Config, request.Node, request.Method, nodes.Add, cancellation);
        }

        return exit == 0 ? Show(request, nodes, monitor, shell) : exit.Value;
    }

    /// <returns>What it says of the monitor; null for anything else.</returns>
    private static LinkStatus? Collect(ControlReply reply, List<NodeStatus> nodes, CommandShell shell)
    {
        switch (reply)
        {
            case ControlReply.NodeLine line:
                nodes.Add(line.Node);
                return null;
            case ControlReply.MonitorLine line:
                return line.Monitor;
            case ControlReply.Refused refused:
                shell.Error.WriteLine($"monerocloud: {refused.Message}");
                return null;
            default:
                return null;
        }
    }

    /// <param name="monitor">What the agent says of its monitor; null where a monitor itself was asked.</param>
    /// <returns>The exit code.</returns>
    private static int Show(StatusRequest request, IReadOnlyList<NodeStatus> nodes, LinkStatus? monitor, CommandShell shell)
    {
        if (request.Json)
        {
            shell.Output.WriteLine(request.Node is not null
                ? JsonSerializer.Serialize(nodes[0], CommandLineJson.Default.NodeStatus)
                : JsonSerializer.Serialize(StatusReport.Of(nodes) with { Monitor = monitor }, CommandLineJson.Default.StatusReport));
        }
        else
        {
            StatusTable.Write(nodes, one: request.Node is not null, shell.Tables, shell.Time.GetUtcNow());
            if (request.Node is null && monitor is not null)
            {
                shell.Output.WriteLine(LinkText.Of(monitor, shell.Time.GetUtcNow()));
            }
        }

        return request.Node is null
            ? ExitCode.Of(nodes.Select(n => (n.CountedState, n.Worked)), request.Strict)
            : ExitCode.Of(nodes[0].CountedState, nodes[0].Worked, request.Strict);
    }
}
