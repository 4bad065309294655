using System.CommandLine;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// <c>enroll --monitor URL --key-file K [--replace]</c>: makes the agent's key and gives its public half to a monitor. In the cloud, which hands out no
/// key of its bus, <c>--file F</c> is what the deployment wrote for this agent.
/// </summary>
internal static class EnrollCommand
{
    public static Command Build(Option<string?> config, CommandShell shell)
    {
        var replace = new Option<bool>("--replace") { Description = "Also where the agent is enrolled already" };
        var ifNeeded = new Option<bool>("--if-needed") { Description = "Do nothing where the monitor knows this agent by the key it has; enrol it anew else" };
        var file = new Option<string?>("--file") { Description = "What the deployment in the cloud wrote for this agent, mode 0600; it says where the monitor is", HelpName = "FILE" };
        var command = new Command("enroll", "Let this agent report to a monitor, and take its orders; with an operator's key") { replace, ifNeeded, file };
        var remote = RemoteOptions.On(command, config);
        command.SetAction((parsed, cancellation) =>
        {
            string? problem = null;
            var deployed = parsed.GetValue(file) is { } path ? DeploymentFile.Read(path, out problem) : null;
            return RemoteOptions.RunAsync(
                problem is null ? remote.OfMonitor(parsed, shell, known: deployed?.MonitorUrl) : new RemoteChoice.Refused(problem),
                shell,
                () => throw new InvalidOperationException("only a monitor can enrol"),
                monitor => RunAsync(parsed.GetValue(config), monitor, deployed, parsed.GetValue(replace) || parsed.GetValue(ifNeeded), parsed.GetValue(ifNeeded), cancellation));
        });
        return command;
    }

    private static async Task<int> RunAsync(string? option, RemoteMonitor monitor, DeploymentDocument? deployed, bool replace, bool ifNeeded, CancellationToken cancellation)
    {
        if (!MonitorAddress.IsSafe(monitor.Client.Address))
        {
            return monitor.Shell.Fail(ExitCode.Usage, "an agent speaks with its monitor over https alone, or http on this machine: --allow-http does not help here");
        }

        var read = AgentConfigReader.Read(ConfigLocation.Of(option), HostFacts.Read());
        if (read is not ConfigResult.Ok { Config: var config })
        {
            return ConfigReport.Refuse(((ConfigResult.Refused)read).Errors);
        }

        if (deployed is not null && deployed.Agent != config.Agent.ToString())
        {
            return monitor.Shell.Fail(ExitCode.Failed, $"--file is for another agent than {config.Agent}, which agent.json names");
        }

        var file = new EnrolmentFile(config.StateFolder);
        if (ifNeeded && await IsKnownAsync(file, monitor.Client, cancellation))
        {
            return 0;
        }

        if (Obstacle(config, file, replace) is { } obstacle)
        {
            return monitor.Shell.Fail(ExitCode.Failed, obstacle);
        }

        var exit = await EnrolAsync(config.Agent, monitor, deployed, file, replace, overlap: false, cancellation);
        return exit == ExitCode.Working ? await TellAgentAsync(option, monitor.Shell, cancellation) : exit;
    }

    /// <summary>A new key for an agent that is enrolled with this very monitor.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RotateAsync(string? option, RemoteMonitor monitor, CancellationToken cancellation)
    {
        var read = AgentConfigReader.Read(ConfigLocation.Of(option), HostFacts.Read());
        if (read is not ConfigResult.Ok { Config: var config })
        {
            return ConfigReport.Refuse(((ConfigResult.Refused)read).Errors);
        }

        var file = new EnrolmentFile(config.StateFolder);
        if (file.Read() is not EnrolmentRead.Enrolled { Enrolment: var enrolment })
        {
            return monitor.Shell.Fail(ExitCode.Failed, "this agent is not enrolled, so that there is no key to replace: 'monerocloud enroll'");
        }

        if (enrolment.Monitor != monitor.Client.Address)
        {
            return monitor.Shell.Fail(ExitCode.Usage, $"this agent is enrolled with {enrolment.Monitor}, not with {monitor.Client.Address}");
        }

        // Where the deployment has given the bus, a new key changes nothing about it.
        var exit = await EnrolAsync(config.Agent, monitor, DeploymentDocument.Of(file.Document()), file, replace: true, overlap: true, cancellation);
        return exit == ExitCode.Working ? await TellAgentAsync(option, monitor.Shell, cancellation) : exit;
    }

    /// <summary>The monitor knows this agent by the very key in the file. In any doubt it does not.</summary>
    private static async Task<bool> IsKnownAsync(EnrolmentFile file, MonitorClient client, CancellationToken cancellation) =>
        file.Read() is EnrolmentRead.Enrolled { Enrolment: var enrolment } && enrolment.Monitor == client.Address
        && await client.AgentsAsync(cancellation) is MonitorReply<AgentList>.Got { Value: var list }
        && list.Agents.Any(a => a.Name == enrolment.Agent.ToString() && a.Keys.Contains(enrolment.Key.Thumbprint));

    private static string? Obstacle(AgentConfig config, EnrolmentFile file, bool replace)
    {
        if (StateFolder.Prepare(config.StateFolder) is { } problem)
        {
            return problem;
        }

        if (FileStatus.Of(config.StateFolder) is { } folder && folder.Owner != FileStatus.EffectiveUser)
        {
            return $"the state folder {config.StateFolder} belongs to user {folder.Owner}, as whom the agent runs: enrol as that user, else the agent could not read its own key";
        }

        return replace || file.Read() is EnrolmentRead.None ? null : $"this agent is enrolled already ({file.Path}); --replace enrols it anew";
    }

    /// <returns>The exit code.</returns>
    private static async Task<int> EnrolAsync(
        NodeName agent, RemoteMonitor monitor, DeploymentDocument? deployed, EnrolmentFile file, bool replace, bool overlap, CancellationToken cancellation)
    {
        using var pair = SigningKey.Create();
        using var jwk = JsonDocument.Parse(pair.PublicKey.ToJwk());
        var reply = await monitor.Client.EnrolAsync(new EnrolRequest { Name = agent.ToString(), Key = jwk.RootElement, Replace = replace, Overlap = overlap }, cancellation);
        switch (reply)
        {
            case MonitorReply<EnrolAnswer>.Got { Value: var answer }:
                var document = Document(answer, deployed, pair, answer.Bus ?? (overlap ? file.Document()?.Bus : null));
                var problem = document.Bus is null && deployed is null
                    ? "it hands out no address of a bus; in the cloud the deployment wrote a file with it for this agent: --file FILE"
                    : answer.Agent != agent.ToString() ? "it speaks of another agent"
                    : Enrolment.Of(document, out var wrong) is null ? wrong : null;
                if (problem is not null)
                {
                    return monitor.Shell.Fail(ExitCode.Failed, $"{monitor.Client.Address} took the agent, but its answer cannot be used: {problem}");
                }

                file.Write(document);
                monitor.Shell.Output.WriteLine(overlap ? $"{agent} has a new key, in {file.Path}; the one before is believed for an hour more" : $"{agent} is enrolled with {monitor.Client.Address}; its key is in {file.Path}, which nobody else may read");
                return ExitCode.Working;
            case MonitorReply<EnrolAnswer>.Refused { Status: 409 } taken:
                return monitor.Shell.Fail(ExitCode.Failed, $"{taken.Text}; --replace takes its place");
            default:
                return monitor.Fail(reply);
        }
    }

    private static EnrolmentDocument Document(EnrolAnswer answer, DeploymentDocument? deployed, SigningKey pair, string? bus) => new()
    {
        Agent = answer.Agent,
        MonitorUrl = deployed?.MonitorUrl ?? answer.MonitorUrl.OriginalString,
        MonitorKeys = [.. answer.MonitorKeys],
        Bus = deployed is null ? bus : null,
        ReportsBus = deployed?.ReportsBus,
        CommandsBus = deployed?.CommandsBus,
        ReportsQueue = deployed?.ReportsQueue ?? answer.ReportsQueue,
        CommandsQueue = deployed?.CommandsQueue ?? answer.CommandsQueue,
        PeriodSeconds = answer.PeriodSeconds,
        EnrolledAt = TimeProvider.System.GetUtcNow(),
        PrivateKey = pair.ExportPem(),
    };

    private static async Task<int> TellAgentAsync(string? option, CommandShell shell, CancellationToken cancellation)
    {
        var exit = await ConfigLocation.Client(option).AskAsync(
            new ControlRequest { Verb = ControlVerb.Reload },
            reply =>
            {
                if (reply is ControlReply.Refused refused)
                {
                    shell.Error.WriteLine($"monerocloud: the running agent did not take it up: {refused.Message}");
                }
            },
            cancellation);
        shell.Output.WriteLine(exit switch
        {
            null => "no agent runs; it reports from its next start on",
            0 => "the running agent reports from now on",
            _ => "the running agent has to be told: 'monerocloud reload'",
        });
        return exit ?? 0;
    }
}
