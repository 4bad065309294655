using System.Collections.Immutable;
using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>/dashboard/silences</c>: what is not told, and the forms for it.</summary>
internal sealed class SilencePages(Pages pages)
{
    private const int MostEnded = 50;

    private readonly SilenceBook _book = new(pages.Parts.Monitor);
    private readonly SilenceDeeds _deeds = new(pages.Parts);

    public void Map(ApiRoutes routes)
    {
        routes.Get(Places.Silences, null, pages.Show(ListAsync));
        routes.Post(Places.Silences, null, pages.Do(AddAsync));
        routes.Post(Places.Silences + "/{id}/end", null, pages.Do(EndAsync));
    }

    private async Task<PageView> ListAsync(HttpContext context, Visitor visitor)
    {
        var now = pages.Now;
        var all = (await _book.ListAsync(context.RequestAborted)).Select(s => SilenceView.Of(s, now)).OrderByDescending(s => s.Until).ThenBy(s => s.Id, StringComparer.Ordinal).ToList();
        var query = context.Request.Query;
        string? whom = NodeId.TryParse(query["node"].ToString(), out var node) ? node.ToString() : NodeName.TryParse(query["agent"].ToString(), out var agent) ? agent.ToString() : null;
        var model = new SilencesModel([.. all.Where(s => s.State != SilenceState.Ended)], [.. all.Where(s => s.State == SilenceState.Ended).Take(MostEnded)], whom);
        return PageView.Of<SilencesPage, SilencesModel>("Silences", model, Places.Silences, now);
    }

    private async Task<DeedAnswer> AddAsync(HttpContext context, Visitor visitor, IFormCollection form)
    {
        int? minutes = int.TryParse(form.Text("minutes"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var (silence, refusal) = form.Text("kind") == "maintenance"
            ? await MaintainAsync(visitor, form, minutes, context.RequestAborted)
            : await _deeds.AddAsync(visitor.Caller, new SilenceRequest { Match = Match(form), Minutes = minutes, Comment = form.Text("comment") }, context.RequestAborted);
        return silence is not null ? new DeedAnswer.Led(Places.Silences) : new DeedAnswer.Refused(refusal!);
    }

    /// <summary>A name without a dot is an agent's where there is one.</summary>
    private async Task<(SilenceView? Silence, ApiResponse? Refusal)> MaintainAsync(Visitor visitor, IFormCollection form, int? minutes, CancellationToken cancellation)
    {
        var whom = form.Text("whom");
        var isAgent = NodeName.TryParse(whom ?? "", out var name) && await pages.Parts.Directory.AgentAsync(name, cancellation) is not null;
        var request = new MaintenanceRequest { Node = isAgent ? null : whom, Agent = isAgent ? whom : null, Minutes = minutes, Comment = form.Text("comment") };
        return await _deeds.MaintainAsync(visitor.Caller, request, cancellation);
    }

    private async Task<DeedAnswer> EndAsync(HttpContext context, Visitor visitor, IFormCollection form)
    {
        var (silence, refusal) = await _deeds.EndAsync(visitor.Caller, ApiRoutes.Value(context, "id"), null, context.RequestAborted);
        return silence is not null ? new DeedAnswer.Led(Places.Silences) : new DeedAnswer.Refused(refusal!);
    }

    private static AlertMatch Match(IFormCollection form) => new()
    {
        Subjects = One(form.Text("subject")),
        Conditions = One(form.Text("condition")),
        Severities = One(form.Text("severity")),
        Labels = form.Text("label") is { } label
            ? label.IndexOf('=', StringComparison.Ordinal) is var at and > 0
                ? ImmutableSortedDictionary<string, string>.Empty.Add(label[..at], label[(at + 1)..])
                : ImmutableSortedDictionary<string, string>.Empty.Add(label, "*")
            : null,
    };

    private static ImmutableArray<string>? One(string? text) => text is null ? null : [text];
}
