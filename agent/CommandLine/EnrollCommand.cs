using System.CommandLine;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>enroll --monitor URL --key-file K [--replace]</c>: makes the agent's key and gives its public half to a monitor.</summary>
internal static class EnrollCommand
{
    public static Command Build(Option<string?> config)
    {
        var monitor = new Option<string>("--monitor") { Description = "The monitor's address: https, or http on this machine", HelpName = "URL", Required = true };
        var keyFile = new Option<string?>("--key-file") { Description = $"A file of mode 0600 with the monitor's operator key (default: ${Names.KeyVariable})", HelpName = "FILE" };
        var replace = new Option<bool>("--replace") { Description = "Also where the agent is enrolled already" };
        var ifNeeded = new Option<bool>("--if-needed") { Description = "Do nothing where the monitor knows this agent by the key it has; enrol it anew else" };
        var command = new Command("enroll", "Let this agent report to a monitor, and take its orders") { monitor, keyFile, replace, ifNeeded };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(config),
            parsed.GetValue(monitor)!,
            parsed.GetValue(keyFile),
            parsed.GetValue(replace) || parsed.GetValue(ifNeeded),
            parsed.GetValue(ifNeeded),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? option, string address, string? keyFile, bool replace, bool ifNeeded, CancellationToken cancellation)
    {
        var monitor = MonitorAddress.TryParse(address, out var problem);
        if (monitor is null)
        {
            return Refuse($"--monitor {problem}", CommandLineRoot.UsageError);
        }

        var key = Key(keyFile, out problem);
        if (key is null)
        {
            return Refuse(problem!, CommandLineRoot.UsageError);
        }

        var read = AgentConfigReader.Read(ConfigLocation.Of(option), HostFacts.Read());
        if (read is not ConfigResult.Ok { Config: var config })
        {
            return ConfigReport.Refuse(((ConfigResult.Refused)read).Errors);
        }

        var file = new EnrolmentFile(config.StateFolder);
        if (ifNeeded && await IsKnownAsync(file, monitor, key, cancellation))
        {
            return 0;
        }

        if (Obstacle(config, file, replace) is { } obstacle)
        {
            return Refuse(obstacle, 1);
        }

        if (await EnrolAsync(config.Agent, monitor, key, file, replace, cancellation) is { } refusal)
        {
            return Refuse(refusal, 1);
        }

        Console.WriteLine($"{config.Agent} is enrolled with {monitor}; its key is in {file.Path}, which nobody else may read");
        return await TellAgentAsync(option, cancellation);
    }

    /// <summary>The monitor knows this agent by the very key in the file. In any doubt it does not.</summary>
    private static async Task<bool> IsKnownAsync(EnrolmentFile file, Uri monitor, Secret key, CancellationToken cancellation)
    {
        if (file.Read() is not EnrolmentRead.Enrolled { Enrolment: var enrolment } || enrolment.Monitor != monitor
            || !MonitorKey.TryParse(key.Reveal(), out var known))
        {
            return false;
        }

        using var client = new MonitorClient(new MonitorTarget { Address = monitor, Key = known });
        return await client.AgentsAsync(cancellation) is MonitorReply<AgentList>.Got { Value: var list }
            && list.Agents.Any(a => a.Name == enrolment.Agent.ToString() && a.Keys.Contains(enrolment.Key.Thumbprint));
    }

    private static Secret? Key(string? file, out string? problem)
    {
        if (file is not null)
        {
            return SecretReader.FromFile(Path.GetFullPath(file), out problem);
        }

        var value = Environment.GetEnvironmentVariable(Names.KeyVariable);
        problem = value is { Length: > 0 } ? null : $"a key is needed: --key-file FILE, or the variable {Names.KeyVariable}; on a command line everybody on this machine could read it";
        return problem is null ? new Secret(SecretSource.Variable + Names.KeyVariable, value!) : null;
    }

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

    /// <returns>Null is success, else what is wrong.</returns>
    private static async Task<string?> EnrolAsync(NodeName agent, Uri monitor, Secret key, EnrolmentFile file, bool replace, CancellationToken cancellation)
    {
        using var pair = SigningKey.Create();
        using var jwk = JsonDocument.Parse(pair.PublicKey.ToJwk());
        var request = new EnrolmentRequest(agent.ToString(), jwk.RootElement, replace);
        switch (await EnrolmentClient.PostAsync(monitor, key, request, cancellation))
        {
            case EnrolmentReply.Taken { Answer: var answer }:
                var document = Document(answer, monitor, pair);
                var problem = answer.Bus is null
                    ? "it hands out no address of a bus; in the cloud the deployment writes a file with it, which this version does not take yet"
                    : answer.Agent != agent.ToString() ? "it speaks of another agent"
                    : Enrolment.Of(document, out var wrong) is null ? wrong : null;
                if (problem is not null)
                {
                    return $"{monitor} took the agent, but its answer cannot be used: {problem}";
                }

                file.Write(document);
                return null;
            case EnrolmentReply.Refused refused:
                return refused.Problem;
            default:
                throw new InvalidOperationException("a monitor either takes an agent or refuses it");
        }
    }

    private static EnrolmentDocument Document(EnrolmentAnswer answer, Uri monitor, SigningKey pair) => new()
    {
        Agent = answer.Agent,
        MonitorUrl = answer.MonitorUrl ?? monitor.AbsoluteUri,
        MonitorKeys = answer.MonitorKeys,
        Bus = answer.Bus,
        ReportsQueue = answer.ReportsQueue,
        CommandsQueue = answer.CommandsQueue,
        PeriodSeconds = answer.PeriodSeconds,
        EnrolledAt = TimeProvider.System.GetUtcNow(),
        PrivateKey = pair.ExportPem(),
    };

    private static async Task<int> TellAgentAsync(string? option, CancellationToken cancellation)
    {
        var exit = await ConfigLocation.Client(option).AskAsync(
            new ControlRequest { Verb = ControlVerb.Reload },
            reply =>
            {
                if (reply is ControlReply.Refused refused)
                {
                    Console.Error.WriteLine($"monerocloud: the running agent did not take it up: {refused.Message}");
                }
            },
            cancellation);
        Console.WriteLine(exit switch
        {
            null => "no agent runs; it reports from its next start on",
            0 => "the running agent reports from now on",
            _ => "the running agent has to be told: 'monerocloud reload'",
        });
        return exit ?? 0;
    }

    private static int Refuse(string problem, int exit)
    {
        Console.Error.WriteLine($"monerocloud: {problem}");
        return exit;
    }
}
