using System.Globalization;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The fleet's page and the one to log in as HTML, without scripts. Pure; all that is not ours is escaped.</summary>
internal static class DashboardPage
{
    public const int MostNodes = 1_000;

    public const string Style = """
        :root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
        body { margin: 1.5rem auto; max-width: 75rem; padding: 0 1rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8885; }
        .Up { color: #1a7f37; } .Degraded { color: #9a6700; } .Down, .error { color: #d1242f; } .Unknown, .Disabled { color: #767676; }
        .Critical { color: #d1242f; } .Warning { color: #9a6700; } .Low { color: #767676; }
        td.time { white-space: nowrap; } td ul { margin: 0; padding-left: 1.2rem; } pre { overflow-x: auto; }
        .counts b { font-size: 1.4rem; margin-right: .3rem; } .counts span { margin-right: 1.5rem; }
        input { width: 30rem; max-width: 100%; }

        """;

    /// <param name="nodes">By id; those in trouble are shown first.</param>
    public static string Fleet(HealthView health, IReadOnlyList<NodeView> nodes, IReadOnlyList<AgentView> agents, IncidentListing open, DateTimeOffset now)
    {
        var page = new StringBuilder();
        var incidents = open.Incidents.DistinctBy(i => i.Subject).ToDictionary(i => i.Subject, i => i.Id, StringComparer.Ordinal);
        Html.Begin(page, "MoneroCloud", "<meta http-equiv=\"refresh\" content=\"30\">");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"counts\">{Count("working", health.Working)}{Count("degraded", health.Degraded)}{Count("failed", health.Failed)}{Count("unknown", health.Unknown)}{Count("total", health.Total)}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Text(health.Status.ToString())}{(health.Reason is { } reason ? $" ({Text(reason)})" : "")}, as of {Time(health.CheckedAt ?? now)}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{DashboardAccess.Incidents}\">Incidents</a>: {open.Incidents.Count} open{(open.Truncated ? ", or more" : "")}</p>");
        page.Append("<h2>Nodes</h2><table><thead><tr><th>Node</th><th>State</th><th>Condition</th><th>Message</th><th>Since</th></tr></thead><tbody>");
        foreach (var node in nodes.OrderBy(n => Rank(n.State)).Take(MostNodes))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(node.Id)}</td><td class=\"{node.State}\">{Linked(node.Id, $"{node.State}", incidents)}</td><td>{node.Condition}</td><td>{Text(node.Message)}</td><td>{Time(node.Since)}</td></tr>");
        }

        page.Append("</tbody></table>");
        if (nodes.Count > MostNodes)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{nodes.Count - MostNodes} more are not shown.</p>");
        }

        Agents(page, agents, incidents);
        return page.Append("<form method=\"post\" action=\"/dashboard/logout\"><button>Log out</button></form>").Append(Html.End).ToString();
    }

    /// <param name="error">What was wrong with the try before; null for the first.</param>
    /// <param name="place">Where he goes then: a page of ours.</param>
    public static string Login(string? error, string place)
    {
        var page = new StringBuilder();
        Html.Begin(page, "MoneroCloud: log in");
        if (error is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"error\">{Text(error)}</p>");
        }

        return page.Append(
            "<form method=\"post\" action=\"/dashboard/login\"><label>Key of a viewer or an operator<br>"
            + "<input type=\"password\" name=\"key\" autocomplete=\"current-password\" required autofocus></label> "
            + (place == DashboardAccess.Home ? "" : $"<input type=\"hidden\" name=\"place\" value=\"{Text(place)}\">")
            + "<button>Log in</button></form>").Append(Html.End).ToString();
    }

    private static void Agents(StringBuilder page, IReadOnlyList<AgentView> agents, Dictionary<string, string> incidents)
    {
        page.Append("<h2>Agents</h2><table><thead><tr><th>Agent</th><th>State</th><th>Nodes</th><th>Last report</th><th>Version</th></tr></thead><tbody>");
        foreach (var agent in agents)
        {
            var state = agent.Silent ? $"<td class=\"Down\">{Linked(agent.Name, "silent", incidents)}</td>" : "<td class=\"Up\">reports</td>";
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(agent.Name)}</td>{state}<td>{agent.Nodes.Length}</td><td>{(agent.ReceivedAt is { } at ? Time(at) : "never")}</td><td>{Text(agent.Version ?? "")}</td></tr>");
        }

        page.Append("</tbody></table>");
    }

    private static string Count(string what, int count) => $"<span><b>{count.ToString(CultureInfo.InvariantCulture)}</b>{what}</span>";

    private static int Rank(HealthState state) => state switch
    {
        HealthState.Down => 0,
        HealthState.Unknown => 1,
        HealthState.Degraded => 2,
        HealthState.Up => 3,
        _ => 4,
    };

    private static string Linked(string subject, string text, Dictionary<string, string> incidents) => incidents.TryGetValue(subject, out var id) ? Html.Link(id, text) : text;

    private static string Text(string text) => Html.Text(text);

    private static string Time(DateTimeOffset at) => Html.Time(at);
}
