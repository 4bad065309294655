using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Whether a silence means anything that there is.</summary>
internal static class KnownSubjects
{
    /// <returns>A warning for whoever made it; null where it fits somebody.</returns>
    public static async Task<string?> WarningAsync(AlertMatcher matcher, NodeDirectory directory, CancellationToken cancellation)
    {
        // Whom alerts are about, whatever they say.
        var whom = matcher with { Conditions = [], Severities = [], Kinds = [] };
        if (whom.IsEmpty() || whom.Fits(About(NodeId.Monitor)) || (await directory.AllAsync(cancellation)).Any(n => whom.Fits(About(n.Id.ToString()) with { Labels = n.Labels })))
        {
            return null;
        }

        return (await directory.AgentsAsync(cancellation)).Keys.Any(name => whom.Fits(About(name.ToString())))
            ? null
            : "at present it fits no node, no agent and not the monitor: it hides nothing unless one comes that it fits";
    }

    private static Alert About(string subject) => new()
    {
        Id = "",
        Subject = subject,
        Kind = AlertKind.Down,
        Severity = AlertSeverity.Low,
        At = default,
        Due = default,
        Title = "",
        Text = "",
    };
}
