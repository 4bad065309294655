using System.CommandLine;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>agents [list]</c>, <c>agents add NAME...</c>, <c>agents remove NAME</c> and <c>agents rotate</c>.</summary>
internal static class AgentCommands
{
    public static Command Build(Option<string?> config, CommandShell shell)
    {
        var agents = List("agents", config, shell);
        agents.Description = "Show the agents of a monitor, add or remove one, or replace this one's key";
        agents.Subcommands.Add(List("list", config, shell));
        agents.Subcommands.Add(Add(shell));
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

    /// <summary>On the machine from which the monitor is deployed. Nothing is asked of the monitor: it learns of an agent by its enrolment.</summary>
    private static Command Add(CommandShell shell)
    {
        var names = new Argument<string[]>("NAME") { Description = "Agents' names", Arity = ArgumentArity.OneOrMore };
        var environment = Environment("The azd environment of the deployment (default: azd's own default)");
        var command = new Command("add", "Add agents to a deployment to Azure: changes AGENT_IDS of its azd environment, which 'azd provision' then makes queues and keys of") { names, environment };
        command.Validators.Add(result =>
        {
            if (DeployedAgents.Problem(result.GetValue(names) ?? []) is { } problem)
            {
                result.AddError(problem);
            }
        });
        command.SetAction((parsed, cancellation) => Deployed(shell, parsed.GetValue(environment)).AddAsync([.. parsed.GetValue(names)!.Select(NodeName.Parse)], cancellation));
        return command;
    }

    private static Command Remove(Option<string?> config, CommandShell shell)
    {
        var name = new Argument<string>("NAME") { Description = "An agent's name" };
        var environment = Environment("Take it out of AGENT_IDS of this azd environment as well");
        var command = new Command("remove", "Remove an agent and its nodes from a monitor, which believes nothing of it any more; on its host all goes on") { name, environment };
        command.Validators.Add(result =>
        {
            if (result.GetValue(environment) is not null && DeployedAgents.Problem([result.GetValue(name) ?? ""]) is { } problem)
            {
                result.AddError(problem);
            }
        });
        return MonitorCommands.On(command, config, shell, async (monitor, parsed, cancellation) =>
        {
            // The list first: when it fails nothing is done, and to take out what is not there is no failure, so that the command can be given again.
            var agent = parsed.GetValue(name)!;
            var exit = parsed.GetValue(environment) is { } of ? await Deployed(shell, of).RemoveAsync(NodeName.Parse(agent), cancellation) : ExitCode.Working;
            return exit == ExitCode.Working ? await new RemoteAgents(monitor).RemoveAsync(agent, cancellation) : exit;
        });
    }

    private static Option<string?> Environment(string description) => new("--environment", "-e") { Description = description, HelpName = "ENVIRONMENT" };

    private static DeployedAgents Deployed(CommandShell shell, string? environment) =>
        new(shell, AzdEnvironment.Find(HostFacts.Read(), environment, Directory.GetCurrentDirectory(), shell.Time));

    /// <summary>On the agent's own host: the private half never leaves it.</summary>
    private static Command Rotate(Option<string?> config, CommandShell shell)
    {
        var command = new Command("rotate", "Give this machine's agent a new key; what it signed with the one before is believed for an hour more");
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) => EnrollCommand.RotateAsync(parsed.GetValue(config), monitor, cancellation));
    }
}
