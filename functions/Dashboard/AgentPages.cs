using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>/dashboard/agents</c> and <c>/dashboard/agents/{name}</c>.</summary>
internal sealed class AgentPages(Pages pages)
{
    private const int Most = 300;
    private const int MostNodes = 100;
    private const int MostHistory = 30;

    private readonly SubjectHistory _history = new(pages.Parts.Monitor.Table, pages.Parts.Monitor.Logs.CreateLogger<SubjectHistory>());

    public void Map(ApiRoutes routes)
    {
        routes.Get(Places.Agents, null, pages.Show(ListAsync));
        routes.Get(Places.Agents + "/{name}", null, pages.Show(OneAsync));
    }

    private async Task<PageView> ListAsync(HttpContext context, Visitor visitor)
    {
        var fleet = await pages.Parts.Fleet.GetAsync().WaitAsync(context.RequestAborted);
        var agents = fleet.Agents.Select(a => a.View).OrderByDescending(a => a.Silent).ThenBy(a => a.Name, StringComparer.Ordinal).ToList();
        var model = new AgentsModel([.. agents.Take(Most)], Math.Max(0, agents.Count - Most));
        return PageView.Of<AgentsPage, AgentsModel>("Agents", model, Places.Agents, fleet.ReadAt);
    }

    private async Task<PageView> OneAsync(HttpContext context, Visitor visitor)
    {
        var name = ApiRoutes.Value(context, "name");
        var fleet = await pages.Parts.Fleet.GetAsync().WaitAsync(context.RequestAborted);
        if (fleet.Agents.FirstOrDefault(a => a.View.Name == name) is not { View: var agent })
        {
            return PageView.Notice("No such agent", "No agent is called so.", StatusCodes.Status404NotFound, pages.Now, Places.Agents);
        }

        var nodes = fleet.Nodes.Select(n => n.View).Where(n => n.Agent == name).OrderBy(n => NodeOrder.Rank(n.State)).ToList();
        var history = await _history.ReadAsync(name, null, MostHistory, context.RequestAborted);
        var model = new AgentModel(
            agent,
            fleet.Incidents.GetValueOrDefault(name) is { } incident ? IncidentView.Of(incident, pages.Now) : null,
            [.. Facts(agent)],
            [.. nodes.Take(MostNodes)],
            Math.Max(0, nodes.Count - MostNodes),
            history.Entries);
        return PageView.Of<AgentPage, AgentModel>(agent.Name, model, Places.Agents, fleet.ReadAt);
    }

    private static IEnumerable<Fact> Facts(AgentView agent)
    {
        yield return new("last report", agent.ReceivedAt is { } at ? Words.Time(at) : "never");
        yield return new("reports every", $"{agent.PeriodSeconds} s");
        if (agent.SkewSeconds is { } skew)
        {
            yield return new("its clock", string.Create(CultureInfo.InvariantCulture, $"{skew:0.#} s {(skew < 0 ? "behind, the way of a report included" : "ahead")}"));
        }

        yield return new("version", agent.Version ?? "not told yet");
        yield return new("enrolled", $"{Words.Time(agent.EnrolledAt)} by {agent.EnrolledBy}");
        yield return new("key", string.Join(", ", agent.Keys));
        yield return new("report", string.Create(CultureInfo.InvariantCulture, $"{agent.Report} of epoch {agent.Epoch}"));
    }
}
