using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Looks through the agent of this machine: what it last saw, without a check.</summary>
internal sealed class AgentEye(string? config, string? node, TimeProvider time) : IFleetEye
{
    public async Task<FleetLook> LookAsync(CancellationToken cancellation)
    {
        var nodes = new List<NodeStatus>();
        LinkStatus? monitor = null;
        string? refusal = null;
        int? exit;
        try
        {
            exit = await ConfigLocation.Client(config).AskAsync(
                new ControlRequest { Verb = ControlVerb.View, Node = node },
                reply =>
                {
                    switch (reply)
                    {
                        case ControlReply.NodeLine line:
                            nodes.Add(line.Node);
                            break;
                        case ControlReply.MonitorLine line:
                            monitor = line.Monitor;
                            break;
                        case ControlReply.Refused refused:
                            refusal = refused.Message;
                            break;
                    }
                },
                cancellation);
        }
        catch (IOException)
        {
            (exit, refusal) = (ExitCode.Failed, "the agent went away before it had answered");
        }

        var at = time.GetUtcNow();
        return exit is null
            ? new FleetLook { At = at, Trouble = ShownText.Printable($"no agent runs for {ConfigLocation.Of(config)}") }
            : exit != 0
                ? new FleetLook { At = at, Trouble = ShownText.Printable(refusal ?? "the agent refused"), Exit = exit.Value }
                : new FleetLook { At = at, Nodes = nodes, Monitor = monitor };
    }
}
