using System.CommandLine;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>incidents</c>, <c>incident</c>, <c>ack</c> and <c>resolve</c>: what is wrong, and who sees to it.</summary>
internal static class IncidentCommands
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IEnumerable<Command> Build(Option<string?> config, CommandShell shell)
    {
        yield return Incidents(config, shell);
        yield return Incident(config, shell);
        yield return Acknowledge(config, shell);
        yield return Resolve(config, shell);
    }

    private static Command Incidents(Option<string?> config, CommandShell shell)
    {
        var all = new Option<bool>("--all", "-a") { Description = "Those that are over too" };
        var resolved = new Option<bool>("--resolved") { Description = "Only those that are over" };
        var subject = Subject();
        var json = MonitorCommands.Json("Machine-readable");
        var command = new Command("incidents", "Show what is wrong with the fleet, the worst first, and who sees to it") { all, resolved, subject, json };
        var since = ForOption.On(command, "--since", "Of those that are over: only what was opened in the last DURATION", Minute, TimeSpan.FromHours(87_600), TimeSpan.FromSeconds(1));
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetValue(resolved))
            {
                result.AddError("--all and --resolved exclude each other");
            }
            else if (since.IsIn(result) && !result.GetValue(all) && !result.GetValue(resolved))
            {
                result.AddError("--since goes with --all or --resolved: what is open is shown however old it is");
            }
        });
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) => new RemoteIncidents(monitor).RunAsync(
            parsed.GetValue(all) ? "all" : parsed.GetValue(resolved) ? "resolved" : "open", parsed.GetValue(subject), since.Of(parsed), parsed.GetValue(json), cancellation));
    }

    private static Command Incident(Option<string?> config, CommandShell shell)
    {
        var incident = Which("An incident's id or its first digits, 6 at least; or a subject: its open incident, else its last");
        var json = MonitorCommands.Json("Machine-readable");
        var command = new Command("incident", "Show one incident with its timeline: what happened, what was done, who was told") { incident, json };
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) =>
            new RemoteIncident(monitor).RunAsync(parsed.GetValue(incident)!, parsed.GetValue(json), cancellation));
    }

    private static Command Acknowledge(Option<string?> config, CommandShell shell)
    {
        var incident = Which("An open incident's id or its first digits, 6 at least; or its subject");
        var comment = Comment();
        var end = new Option<bool>("--end") { Description = "Take the acknowledgement back" };
        var command = new Command("ack", "Say that somebody sees to an incident: until then nobody is reminded of it") { incident, comment, end };
        var time = ForOption.On(command, "--for", "For how long, 1m to 720h (default 4h)", Minute, TimeSpan.FromDays(30), Minute);
        var by = ByOption.On(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(end) && (time.IsIn(result) || result.GetValue(comment) is not null))
            {
                result.AddError("--end takes back: there is no --for and no --comment to it");
            }
        });
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) =>
        {
            var (which, who) = (parsed.GetValue(incident)!, by.Of(parsed, shell));
            return parsed.GetValue(end)
                ? new RemoteIncidentWrite(monitor).UnacknowledgeAsync(which, who, cancellation)
                : new RemoteIncidentWrite(monitor).AcknowledgeAsync(which, new AckRequest { Minutes = time.Minutes(parsed), By = who, Comment = parsed.GetValue(comment) }, cancellation);
        });
    }

    private static Command Resolve(Option<string?> config, CommandShell shell)
    {
        var incident = Which("An open incident's id or its first digits, 6 at least; or its subject");
        var comment = Comment();
        var command = new Command("resolve", "Close an incident by hand; one that still fails gets a new one when it fails anew") { incident, comment };
        var by = ByOption.On(command);
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) => new RemoteIncidentWrite(monitor).ResolveAsync(
            parsed.GetValue(incident)!, new ResolveRequest { By = by.Of(parsed, shell), Comment = parsed.GetValue(comment) }, cancellation));
    }

    public static Option<string?> Comment() => new("--comment") { Description = "Why, at most 500 characters", HelpName = "TEXT" };

    public static Option<string?> Subject() => new("--subject") { Description = "Only of this node (AGENT.NAME), agent, or 'monitor'", HelpName = "SUBJECT" };

    private static Argument<string> Which(string description) => new("INCIDENT") { Description = description };
}
