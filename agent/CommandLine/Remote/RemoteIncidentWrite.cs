using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What somebody does about an incident.</summary>
internal sealed class RemoteIncidentWrite(RemoteMonitor monitor)
{
    public Task<int> AcknowledgeAsync(string text, AckRequest request, CancellationToken cancellation) =>
        DoAsync(text, id => monitor.Client.Operators.AcknowledgeAsync(id, request, cancellation), IncidentText.Standing, cancellation);

    public Task<int> UnacknowledgeAsync(string text, string? by, CancellationToken cancellation) =>
        DoAsync(text, id => monitor.Client.Operators.UnacknowledgeAsync(id, by, cancellation), i => $"not acknowledged any more; {IncidentText.Standing(i)}", cancellation);

    public Task<int> ResolveAsync(string text, ResolveRequest request, CancellationToken cancellation) => DoAsync(
        text,
        id => monitor.Client.Operators.ResolveAsync(id, request, cancellation),
        i => i.Causes.IsDefaultOrEmpty ? IncidentText.Standing(i) : $"{IncidentText.Standing(i)}; still wrong: {string.Join(", ", i.Causes)}; a new incident is opened when it fails anew",
        cancellation);

    private async Task<int> DoAsync(string text, Func<string, Task<MonitorReply<IncidentView>>> deed, Func<IncidentView, string> told, CancellationToken cancellation)
    {
        var (id, exit) = await new IncidentChoice(monitor).FindAsync(text, open: true, cancellation);
        if (id is null)
        {
            return exit;
        }

        var reply = await deed(id);
        if (reply is not MonitorReply<IncidentView>.Got { Value: var incident })
        {
            return monitor.Fail(reply);
        }

        monitor.Shell.Output.WriteLine(ShownText.Printable($"{incident.Subject}: incident {ShortId.Of(incident.Id)}: {told(incident)}"));
        return ExitCode.Working;
    }
}
