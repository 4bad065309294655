using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>/dashboard/incidents</c> and <c>/dashboard/incidents/{id}</c>: where every alert leads to.</summary>
internal sealed class IncidentPages(Pages pages)
{
    private const int MostOpen = 300;

    private readonly IncidentBook _book = new(pages.Parts.Monitor.Table, pages.Parts.Monitor.Logs.CreateLogger<IncidentBook>());
    private readonly IncidentDeeds _deeds = new(pages.Parts);
    private readonly IncidentTimeline _timeline = new(
        pages.Parts.Monitor.Table,
        new AlertBook(pages.Parts.Monitor.Table, pages.Parts.Monitor.Logs.CreateLogger<AlertBook>()),
        pages.Parts.Monitor.Logs.CreateLogger<IncidentTimeline>());

    public void Map(ApiRoutes routes)
    {
        routes.Get(Places.Incidents, null, pages.Show(ListAsync));
        routes.Get(Places.Incidents + "/{id}", null, pages.Show(OneAsync));
        routes.Post(Places.Incidents + "/{id}/ack", null, pages.Do(async (context, visitor, form) => Answer(await _deeds.AcknowledgeAsync(
            visitor.Caller, Id(context), new AckRequest { Minutes = Minutes(form), Comment = form.Text("comment") }, context.RequestAborted))));
        routes.Post(Places.Incidents + "/{id}/unack", null, pages.Do(async (context, visitor, _) => Answer(await _deeds.UnacknowledgeAsync(
            visitor.Caller, Id(context), null, context.RequestAborted))));
        routes.Post(Places.Incidents + "/{id}/resolve", null, pages.Do(async (context, visitor, form) => Answer(await _deeds.ResolveAsync(
            visitor.Caller, Id(context), new ResolveRequest { Comment = form.Text("comment") }, context.RequestAborted))));
    }

    private static string Id(HttpContext context) => ApiRoutes.Value(context, "id");

    private static int? Minutes(IFormCollection form) =>
        int.TryParse(form.Text("minutes"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null;

    private static DeedAnswer Answer((Incident? Incident, ApiResponse? Refusal) end) =>
        end.Incident is { } incident ? new DeedAnswer.Led(Places.Incident(incident.Id)) : new DeedAnswer.Refused(end.Refusal!);

    private async Task<PageView> ListAsync(HttpContext context, Visitor visitor)
    {
        var read = await pages.Parts.Fleet.IncidentsAsync().WaitAsync(context.RequestAborted);
        var now = pages.Now;
        var model = new IncidentsModel(
            [.. read.Open.Take(MostOpen).Select(i => IncidentView.Of(i, now))],
            read.MoreOpen || read.Open.Length > MostOpen,
            [.. read.Resolved.Select(i => IncidentView.Of(i, now))],
            read.MoreResolved);
        return PageView.Of<IncidentsPage, IncidentsModel>("Incidents", model, Places.Incidents, read.ReadAt);
    }

    private async Task<PageView> OneAsync(HttpContext context, Visitor visitor)
    {
        var now = pages.Now;
        if (await _book.FindAsync(Id(context), context.RequestAborted) is not { Value: var incident })
        {
            return PageView.Notice("No such incident", "No incident has this id, or it was kept for long enough.", StatusCodes.Status404NotFound, now, Places.Incidents);
        }

        var (entries, leftOut) = await _timeline.ReadAsync(incident, now, context.RequestAborted);
        var model = new IncidentModel(IncidentView.Of(incident, now), entries, leftOut);
        return PageView.Of<IncidentPage, IncidentModel>(incident.Title, model, Places.Incidents, now);
    }
}
