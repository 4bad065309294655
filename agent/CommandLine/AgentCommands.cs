using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary><c>agents [list]</c>, <c>agents remove NAME</c> and <c>agents rotate</c>.</summary>
internal static class AgentCommands
{
    public static Command Build(Option<string?> config, CommandShell shell)
    {
        var agents = List("agents", config, shell);
        agents.Description = "Show the agents of a monitor, remove one, or replace this one's key";
        agents.Subcommands.Add(List("list", config, shell));
        agents.Subcommands.Add(Remove(config, shell));
        agents.Subcommands.Add(Rotate(config, shell));
        return agents;
    }

    private static Command List(string name, Option<string?> config, CommandShell shell)
    {
        var json = MonitorCommands.Json("Machine-readable");
        var command = new Command(name, "Show the agents of a monitor") { json };
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) => new RemoteAgents(monitor).RunAsync(parsed.GetValue(json), cancellation));
    }

    private static Command Remove(Option<string?> config, CommandShell shell)
    {
        var name = new Argument<string>("NAME") { Description = "An agent's name" };
        var command = new Command("remove", "Remove an agent and its nodes from a monitor, which believes nothing of it any more; on its host all goes on") { name };
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) => new RemoteAgents(monitor).RemoveAsync(parsed.GetValue(name)!, cancellation));
    }

    /// <summary>On the agent's own host: the private half never leaves it.</summary>
    private static Command Rotate(Option<string?> config, CommandShell shell)
    {
        var command = new Command("rotate", "Give this machine's agent a new key; what it signed with the one before is believed for an hour more");
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) => EnrollCommand.RotateAsync(parsed.GetValue(config), monitor, cancellation));
    }
}
