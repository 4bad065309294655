using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The pages of incidents as HTML, without scripts. Pure; all that is not ours is escaped.</summary>
internal static class IncidentHtml
{
    private const string Refresh = "<meta http-equiv=\"refresh\" content=\"30\">";
    private const string Home = "<p><a href=\"/dashboard\">Fleet</a></p>";

    public static string List(IncidentListing open, IncidentListing resolved, DateTimeOffset now)
    {
        var page = new StringBuilder();
        Html.Begin(page, "MoneroCloud: incidents", Refresh);
        page.Append(Home);
        Table(page, "Open", open, now);
        Table(page, "Resolved", resolved, now);
        return page.Append(Html.End).ToString();
    }

    public static string Missing()
    {
        var page = new StringBuilder();
        Html.Begin(page, "MoneroCloud: no such incident");
        return page.Append(CultureInfo.InvariantCulture, $"<p>No incident has this id, or it was kept for long enough.</p><p><a href=\"{DashboardAccess.Incidents}\">Incidents</a></p>").Append(Html.End).ToString();
    }

    public static string One(IncidentView incident, ImmutableArray<TimelineEntry> timeline, ImmutableArray<string> leftOut, DateTimeOffset now)
    {
        var page = new StringBuilder();
        Html.Begin(page, incident.Title, Refresh);
        page.Append(CultureInfo.InvariantCulture, $"<p><a href=\"/dashboard\">Fleet</a> / <a href=\"{DashboardAccess.Incidents}\">Incidents</a></p><p>{Html.Text(incident.Text)}</p><table><tbody>");
        foreach (var (name, value) in IncidentText.Facts(incident, now))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th>{Html.Text(name)}</th><td{(name == IncidentText.Severity ? $" class=\"{incident.Severity}\"" : "")}>{Html.Text(value)}</td></tr>");
        }

        page.Append("</tbody></table>");
        if (incident.State == IncidentState.Open)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>You see to it? Until then nobody is reminded:</p><pre>monerocloud ack {Html.Text(incident.Id)} --for 4h --comment \"...\"</pre>");
        }

        Timeline(page, timeline, leftOut);
        return page.Append(Html.End).ToString();
    }

    private static void Timeline(StringBuilder page, ImmutableArray<TimelineEntry> timeline, ImmutableArray<string> leftOut)
    {
        page.Append("<h2>Timeline</h2><table><thead><tr><th>Time</th><th>What</th><th></th><th>By</th></tr></thead><tbody>");
        foreach (var entry in timeline)
        {
            var details = entry.Details is { IsDefaultOrEmpty: false } lines ? $"<ul>{string.Concat(lines.Select(l => $"<li>{Html.Text(l)}</li>"))}</ul>" : "";
            page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"time\">{Html.Time(entry.At)}</td><td>{IncidentText.Word(entry.Kind)}</td><td>{Html.Text(entry.Text)}{details}</td><td>{Html.Text(entry.By ?? "")}</td></tr>");
        }

        page.Append("</tbody></table>");
        foreach (var what in leftOut)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>Not shown: {Html.Text(what)}</p>");
        }
    }

    private static void Table(StringBuilder page, string heading, IncidentListing incidents, DateTimeOffset now)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{heading}</h2><table><thead><tr><th>Severity</th><th>What</th><th>Opened</th><th>Where it stands</th></tr></thead><tbody>");
        foreach (var incident in incidents.Incidents.Select(i => IncidentView.Of(i, now)))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"{incident.Severity}\">{incident.Severity}</td><td>{Html.Link(incident.Id, Html.Text(incident.Title))}</td><td class=\"time\">{Html.Time(incident.OpenedAt)}</td><td>{Html.Text(IncidentText.Standing(incident))}</td></tr>");
        }

        page.Append("</tbody></table>");
        page.Append(incidents.Incidents.Count == 0 ? "<p>None.</p>" : incidents.Truncated ? "<p>More are not shown.</p>" : "");
    }
}
