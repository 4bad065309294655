using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Which incident is meant by what somebody typed: an id, its first digits, or whom it is about.</summary>
internal sealed class IncidentChoice(RemoteMonitor monitor)
{
    private const int Most = 500;
    private const int Shown = 10;

    /// <param name="open">Only one that is open can be meant.</param>
    /// <returns>Its id; null when the exit code says why not.</returns>
    public async Task<(string? Id, int Exit)> FindAsync(string text, bool open, CancellationToken cancellation)
    {
        if (text.Length == ShortId.Incident && ShortId.IsDigits(text))
        {
            return (text, ExitCode.Working);
        }

        if (!ShortId.IsPrefix(text) && !NodeId.TryParse(text, out _) && !NodeName.TryParse(text, out _))
        {
            return (null, monitor.Shell.Fail(ExitCode.Usage, ShownText.Printable($"'{text}' is no incident: its id or at least {ShortId.Least} digits of it, a node's id or name, an agent's name, or 'monitor'")));
        }

        var state = open ? "open" : "all";
        var reply = await monitor.Client.Operators.IncidentsAsync(state, null, null, Most, cancellation);
        if (reply is MonitorReply<IncidentList>.Got { Value: { Truncated: true } listed } && !listed.Incidents.Any(i => IsMeant(i, text)) && !ShortId.IsPrefix(text))
        {
            reply = await monitor.Client.Operators.IncidentsAsync(state, text, null, Most, cancellation);
        }

        return reply is MonitorReply<IncidentList>.Got { Value.Incidents: var incidents } ? Choose(text, [.. incidents.Where(i => IsMeant(i, text))], open) : (null, monitor.Fail(reply));
    }

    /// <param name="meant">Of one subject the open one comes first, then the newest.</param>
    private (string? Id, int Exit) Choose(string text, List<IncidentView> meant, bool open)
    {
        var found = meant.Where(i => i.Id.StartsWith(text, StringComparison.Ordinal)).Concat(meant.DistinctBy(i => i.Subject)).DistinctBy(i => i.Id).ToList();
        if (found is [var only])
        {
            return (only.Id, ExitCode.Working);
        }

        var problem = found.Count == 0
            ? $"there is no {(open ? "open " : "")}incident '{text}'; 'monerocloud incidents{(open ? "" : " --all")}' lists them"
            : $"'{text}' could be {string.Join(", ", found.Take(Shown).Select(i => $"{ShortId.Of(i.Id)} ({i.Subject})"))}{(found.Count > Shown ? ", ..." : "")}";
        return (null, monitor.Shell.Fail(ExitCode.Usage, ShownText.Printable(problem)));
    }

    private static bool IsMeant(IncidentView incident, string text) =>
        incident.Subject == text
        || (ShortId.IsPrefix(text) && incident.Id.StartsWith(text, StringComparison.Ordinal))
        || (NodeId.TryParse(incident.Subject, out var node) && node.Name.ToString() == text);
}
