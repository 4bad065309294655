using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// What <c>agents add</c> and <c>agents remove --environment</c> do to a deployment to Azure. Queues and keys are made by the deployment
/// alone: this changes the list of them, and says what is to be done next.
/// </summary>
/// <param name="shell">Where it is said.</param>
/// <param name="azd">Null where there is no azd.</param>
internal sealed class DeployedAgents(CommandShell shell, AzdEnvironment? azd)
{
    /// <returns>Why these cannot be names of agents; null when they can.</returns>
    public static string? Problem(IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            var shown = ShownText.Printable(names[i]);
            var problem = !NodeName.TryParse(names[i], out _) ? $"'{shown}' is not an agent's name: {NodeName.Rule}"
                : names[i] is NodeId.Remote or NodeId.Monitor ? $"'{shown}' stands for something else, and no agent can have this name"
                : names.Take(i).Contains(names[i]) ? $"'{shown}' is named twice"
                : null;
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    /// <returns>The exit code.</returns>
    public async Task<int> AddAsync(IReadOnlyList<NodeName> names, CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is not { } before)
        {
            return ExitCode.Failed;
        }

        NodeName[] added = [.. names.Except(before.Agents)];
        if (added.Length == 0)
        {
            return Say($"nothing to do: {AzdEnvironment.Key}{Of(before)} has {string.Join(", ", names)} already");
        }

        if (before.Agents.Count + added.Length is var count and > AzdEnvironment.MostAgents)
        {
            return shell.Fail(ExitCode.Failed, $"{AzdEnvironment.Key}{Of(before)} would have {count} agents: one deployment takes at most {AzdEnvironment.MostAgents}");
        }

        return await WriteAsync(before, [.. before.Agents, .. added], cancellation) ?? Say(
            $"next: azd provision, which makes a queue, its key and a file for 'enroll --file' ({Files(before, added)})");
    }

    /// <returns>The exit code.</returns>
    public async Task<int> RemoveAsync(NodeName name, CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is not { } before)
        {
            return ExitCode.Failed;
        }

        if (!before.Agents.Contains(name))
        {
            return Say($"nothing to do: {AzdEnvironment.Key}{Of(before)} does not have {name}");
        }

        return await WriteAsync(before, [.. before.Agents.Where(other => other != name)], cancellation) ?? Say(
            $"next: azd provision; it leaves the queue {Names.CommandsQueuePrefix}{name} behind, which 'az servicebus queue delete' removes with its key");
    }

    private static string Of(AzdAgents.Read read) => read.Environment is { } name ? $" of the azd environment {ShownText.Printable(name)}" : "";

    private static string Files(AzdAgents.Read read, NodeName[] added) =>
        $".azure/{ShownText.Printable(read.Environment ?? "ENVIRONMENT")}/agents/{(added.Length == 1 ? added[0] : "AGENT")}.json";

    // Null when it failed, which was said.
    private async Task<AzdAgents.Read?> ReadAsync(CancellationToken cancellation)
    {
        if (azd is null)
        {
            shell.Fail(ExitCode.Failed, $"azd is in no folder of PATH: the agents of a deployment to Azure are {AzdEnvironment.Key} of its azd environment. A monitor on one machine needs no list: 'monerocloud enroll' on the agent's host is enough");
            return null;
        }

        var read = await azd.ReadAsync(cancellation);
        if (read is AzdAgents.Failed failed)
        {
            shell.Fail(ExitCode.Failed, failed.Why);
        }

        return read as AzdAgents.Read;
    }

    // The exit code of its failure; null when it is written.
    private async Task<int?> WriteAsync(AzdAgents.Read before, NodeName[] after, CancellationToken cancellation)
    {
        if (await azd!.WriteAsync(after, cancellation) is { } why)
        {
            return shell.Fail(ExitCode.Failed, why);
        }

        Say($"{AzdEnvironment.Key}{Of(before)} is now {(after.Length == 0 ? "empty" : string.Join(',', after))}");
        return null;
    }

    private int Say(string line)
    {
        shell.Output.WriteLine(line);
        return ExitCode.Working;
    }
}
