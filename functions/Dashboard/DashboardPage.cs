using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The dashboard's two pages as HTML, without scripts. Pure; all that is not ours is escaped.</summary>
internal static class DashboardPage
{
    public const int MostNodes = 1_000;

    public const string Style = """
        :root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
        body { margin: 1.5rem auto; max-width: 75rem; padding: 0 1rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8885; }
        .Up { color: #1a7f37; } .Degraded { color: #9a6700; } .Down, .error { color: #d1242f; } .Unknown, .Disabled { color: #767676; }
        .counts b { font-size: 1.4rem; margin-right: .3rem; } .counts span { margin-right: 1.5rem; }
        input { width: 30rem; max-width: 100%; }

        """;

    /// <param name="nodes">By id; those in trouble are shown first.</param>
    public static string Fleet(HealthView health, IReadOnlyList<NodeView> nodes, IReadOnlyList<AgentView> agents, DateTimeOffset now)
    {
        var page = new StringBuilder();
        Begin(page, "MoneroCloud", "<meta http-equiv=\"refresh\" content=\"30\">");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"counts\">{Count("working", health.Working)}{Count("degraded", health.Degraded)}{Count("failed", health.Failed)}{Count("unknown", health.Unknown)}{Count("total", health.Total)}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Text(health.Status.ToString())}{(health.Reason is { } reason ? $" ({Text(reason)})" : "")}, as of {Time(health.CheckedAt ?? now)}</p>");
        page.Append("<h2>Nodes</h2><table><thead><tr><th>Node</th><th>State</th><th>Condition</th><th>Message</th><th>Since</th></tr></thead><tbody>");
        foreach (var node in nodes.OrderBy(n => Rank(n.State)).Take(MostNodes))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(node.Id)}</td><td class=\"{node.State}\">{node.State}</td><td>{node.Condition}</td><td>{Text(node.Message)}</td><td>{Time(node.Since)}</td></tr>");
        }

        page.Append("</tbody></table>");
        if (nodes.Count > MostNodes)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{nodes.Count - MostNodes} more are not shown.</p>");
        }

        Agents(page, agents);
        return page.Append("<form method=\"post\" action=\"/dashboard/logout\"><button>Log out</button></form></body></html>\n").ToString();
    }

    /// <param name="error">What was wrong with the try before; null for the first.</param>
    public static string Login(string? error)
    {
        var page = new StringBuilder();
        Begin(page, "MoneroCloud: log in", "");
        if (error is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"error\">{Text(error)}</p>");
        }

        return page.Append(
            "<form method=\"post\" action=\"/dashboard/login\"><label>Key of a viewer or an operator<br>"
            + "<input type=\"password\" name=\"key\" autocomplete=\"current-password\" required autofocus></label> <button>Log in</button></form></body></html>\n").ToString();
    }

    private static void Begin(StringBuilder page, string title, string head) => page.Append(
        CultureInfo.InvariantCulture,
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">{head}<title>{title}</title><link rel=\"stylesheet\" href=\"/dashboard/style.css\"></head><body><h1>{title}</h1>");

    private static void Agents(StringBuilder page, IReadOnlyList<AgentView> agents)
    {
        page.Append("<h2>Agents</h2><table><thead><tr><th>Agent</th><th>State</th><th>Nodes</th><th>Last report</th><th>Version</th></tr></thead><tbody>");
        foreach (var agent in agents)
        {
            var state = agent.Silent ? "<td class=\"Down\">silent</td>" : "<td class=\"Up\">reports</td>";
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

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
