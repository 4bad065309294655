using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>/dashboard/deliveries</c> and <c>/dashboard/audit</c>: what was told, and who did what.</summary>
internal sealed class RecordPages(Pages pages)
{
    private const int MostEntries = 100;

    private readonly AlertBook _alerts = new(pages.Parts.Monitor.Table, pages.Parts.Monitor.Logs.CreateLogger<AlertBook>());
    private readonly AuditBook _audit = new(pages.Parts.Monitor.Table, pages.Parts.Monitor.Logs.CreateLogger<AuditBook>());

    public void Map(ApiRoutes routes)
    {
        routes.Get(Places.Deliveries, null, pages.Show(DeliveriesAsync));
        routes.Get(Places.Audit, null, pages.Show(AuditAsync));
    }

    private async Task<PageView> DeliveriesAsync(HttpContext context, Visitor visitor)
    {
        if (!TrySubject(context, out var subject))
        {
            return Unknown("Deliveries", Places.Deliveries);
        }

        var alerts = subject is null
            ? await pages.Parts.Fleet.AlertsAsync().WaitAsync(context.RequestAborted)
            : await _alerts.ReadAsync(subject, null, FleetSnapshots.MostAlerts, context.RequestAborted);
        return PageView.Of<DeliveriesPage, DeliveriesModel>(
            "Deliveries", new DeliveriesModel(subject, alerts.Pending, alerts.Ended, alerts.Truncated == true), Places.Deliveries, pages.Now);
    }

    private async Task<PageView> AuditAsync(HttpContext context, Visitor visitor)
    {
        if (!TrySubject(context, out var subject))
        {
            return Unknown("Audit", Places.Audit);
        }

        var text = context.Request.Query["before"].ToString();
        DateTimeOffset? before = text.Length <= 40 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
        var list = await _audit.ReadAsync(subject, before, MostEntries, context.RequestAborted);
        return PageView.Of<AuditPage, AuditModel>("Audit", new AuditModel(subject, list.Entries, list.Next), Places.Audit, pages.Now);
    }

    /// <summary>An empty one is none, as forms have it.</summary>
    private static bool TrySubject(HttpContext context, out string? subject)
    {
        subject = context.Request.Query["subject"].ToString().Trim() is { Length: > 0 } text ? text : null;
        return subject is null || NodeId.TryParse(subject, out _) || NodeName.TryParse(subject, out _);
    }

    private PageView Unknown(string title, string section) =>
        PageView.Notice(title, "The subject is a node's id (agent.name), an agent's name, or monitor.", StatusCodes.Status400BadRequest, pages.Now, section);
}
