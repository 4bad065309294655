using System.Collections.Immutable;
using System.CommandLine;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>silences</c> with <c>add</c> and <c>end</c>, and <c>maintenance</c>: what nobody wants to hear of for a time.</summary>
internal static class SilenceCommands
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(Silence.MostDays);

    public static IEnumerable<Command> Build(Option<string?> config, CommandShell shell)
    {
        var all = new Option<bool>("--all", "-a") { Description = "Those that ended in the last 30 days too" };
        var json = MonitorCommands.Json("Machine-readable");
        var silences = new Command("silences", "Show what is silenced and until when, maintenance too") { all, json };
        MonitorCommands.On(silences, config, shell, (monitor, parsed, cancellation) => new RemoteSilences(monitor).ListAsync(parsed.GetValue(all), parsed.GetValue(json), cancellation));
        silences.Subcommands.Add(Add(config, shell));
        silences.Subcommands.Add(End(config, shell));
        yield return silences;
        yield return Maintenance(config, shell);
    }

    private static Command Add(Option<string?> config, CommandShell shell)
    {
        var subject = Several("--subject", "A node's id, an agent's name or 'monitor'; * is any run of characters", "SUBJECT");
        var agent = Several("--agent", "An agent and all its nodes; * as above", "NAME");
        var label = Several("--label", "A label of the node; * as above; all must fit", "KEY=VALUE");
        var condition = Several("--condition", "What is wrong, such as Exited", "CONDITION");
        var severity = Several("--severity", "Low, Warning or Critical", "SEVERITY");
        var kind = Several("--kind", "What an alert is about, such as Down or Recovered", "KIND");
        var comment = IncidentCommands.Comment();
        Option<string[]>[] matchers = [subject, agent, label, condition, severity, kind];
        var command = new Command("add", "Silence alerts: of each option one value must fit, and all options; what is hidden is kept and shown") { comment };
        foreach (var option in matchers)
        {
            command.Options.Add(option);
        }

        var time = ForOption.On(command, "--for", "For how long, 1m to 8784h", Minute, Longest, Minute);
        var by = ByOption.On(command);
        command.Validators.Add(result =>
        {
            if (!time.IsIn(result))
            {
                result.AddError("silences add takes --for DURATION");
            }
            else if (matchers.All(o => result.GetResult(o) is not { Implicit: false }))
            {
                result.AddError($"silences add takes at least one of {string.Join(", ", matchers.Select(o => o.Name))}; --subject '*' where all are meant");
            }
            else if (LabelsOf(result.GetValue(label)) is (null, { } problem))
            {
                result.AddError(problem);
            }
        });
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) => new RemoteSilences(monitor).AddAsync(
            new SilenceRequest
            {
                Match = new AlertMatch
                {
                    Subjects = Some(parsed.GetValue(subject)),
                    Agents = Some(parsed.GetValue(agent)),
                    Conditions = Some(parsed.GetValue(condition)),
                    Severities = Some(parsed.GetValue(severity)),
                    Kinds = Some(parsed.GetValue(kind)),
                    Labels = LabelsOf(parsed.GetValue(label)).Labels,
                },
                Minutes = time.Minutes(parsed),
                By = by.Of(parsed, shell),
                Comment = parsed.GetValue(comment),
            },
            cancellation));
    }

    private static Command End(Option<string?> config, CommandShell shell)
    {
        var id = new Argument<string>("ID") { Description = "A silence's or a maintenance's id or its first digits, 6 at least" };
        var command = new Command("end", "End a silence or a maintenance before its time") { id };
        var by = ByOption.On(command);
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) => new RemoteSilences(monitor).EndAsync(parsed.GetValue(id)!, by.Of(parsed, shell), cancellation));
    }

    private static Command Maintenance(Option<string?> config, CommandShell shell)
    {
        var whom = new Argument<string>("NODE|AGENT") { Description = "A node's id, an agent's name (it and all its nodes), or a node's name" };
        var comment = IncidentCommands.Comment();
        var end = new Option<bool>("--end") { Description = "It is over" };
        var command = new Command("maintenance", "Silence a node or an agent that is being worked on") { whom, comment, end };
        var time = ForOption.On(command, "--for", "For how long, 1m to 8784h", Minute, Longest, Minute);
        var by = ByOption.On(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(end) == time.IsIn(result))
            {
                result.AddError("maintenance takes either --for DURATION or --end");
            }
        });
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) =>
        {
            var (name, who) = (parsed.GetValue(whom)!, by.Of(parsed, shell));
            return parsed.GetValue(end)
                ? new RemoteMaintenance(monitor).EndAsync(name, who, cancellation)
                : new RemoteMaintenance(monitor).BeginAsync(name, new MaintenanceRequest { Minutes = time.Minutes(parsed), By = who, Comment = parsed.GetValue(comment) }, cancellation);
        });
    }

    /// <summary>Read by hand: a converter of arrays would need reflection.</summary>
    private static Option<string[]> Several(string name, string description, string help) => new(name)
    {
        Description = $"{description}; may be repeated",
        HelpName = help,
        CustomParser = result => [.. result.Tokens.Select(t => t.Value)],
    };

    private static ImmutableArray<string>? Some(string[]? values) => values is { Length: > 0 } ? [.. values] : null;

    private static (ImmutableSortedDictionary<string, string>? Labels, string? Problem) LabelsOf(string[]? texts)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var text in texts ?? [])
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                return (null, $"--label is '{ShownText.Printable(text)}': it must be KEY=VALUE");
            }

            if (!labels.TryAdd(text[..at], text[(at + 1)..]))
            {
                return (null, $"--label {ShownText.Printable(text[..at])} is given twice: a node has one value of it, and both cannot fit");
            }
        }

        return (labels.Count == 0 ? null : labels.ToImmutable(), null);
    }
}
