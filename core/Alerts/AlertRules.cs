using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Who is told what, how often, and in how many messages.</summary>
public sealed record AlertRules
{
    public static AlertRules Default { get; } = new();

    /// <summary>Severity of a node's being down or degraded, by its condition; where none stands here: down is critical, degraded a warning.</summary>
    public ImmutableDictionary<Condition, AlertSeverity> Severities { get; init; } = ImmutableDictionary<Condition, AlertSeverity>.Empty;

    /// <summary>The names of all channels: where an alert goes that no route fits.</summary>
    public ImmutableArray<string> Channels { get; init; } = ["log"];

    public ImmutableArray<AlertRoute> Routes { get; init; } = [];

    /// <summary>The channel for what another refused for good; null: the monitor's log.</summary>
    public string? Fallback { get; init; }

    /// <summary>How long a message waits for others that belong into it. At most 10 s.</summary>
    public TimeSpan GroupWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two messages over one channel: what comes meanwhile goes into one.</summary>
    public TimeSpan GroupInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Alerts in one message, at most.</summary>
    public int GroupMost { get; init; } = 500;

    /// <summary>An incident that is open, told, and not acknowledged is told again so often; null: never.</summary>
    public TimeSpan? Remind { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Incidents below it are not told again.</summary>
    public AlertSeverity RemindFrom { get; init; } = AlertSeverity.Warning;

    /// <summary>A wallet that suffers from its daemon waits so long for the daemon's own alert, which hides it.</summary>
    public TimeSpan DaemonFirst { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What no channel has taken by then is given up there and goes to the fallback.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>With the severity that the configuration gives it.</summary>
    public Alert Graded(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert is { Kind: AlertKind.Down or AlertKind.Degraded, Condition: { } condition } ? alert with { Severity = SeverityOf(condition, alert.Severity) } : alert;
    }

    /// <summary>Of a node's being down or degraded by that condition.</summary>
    /// <param name="usual">Where the configuration gives it none.</param>
    public AlertSeverity SeverityOf(Condition condition, AlertSeverity usual) => Severities.GetValueOrDefault(condition, usual);

    /// <summary>The channels an alert goes to, none twice, in the order of the routes.</summary>
    public ImmutableArray<string> ChannelsOf(Alert alert)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        var fits = false;
        foreach (var route in Routes.Where(r => r.Match.Fits(alert)))
        {
            fits = true;
            found.AddRange(route.Channels.Where(c => !found.Contains(c)));
            if (!route.GoOn)
            {
                break;
            }
        }

        return fits ? found.ToImmutable() : Channels;
    }
}
