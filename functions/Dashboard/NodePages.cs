namespace MoneroCloud.Functions;

/// <summary><c>/dashboard/nodes</c> and <c>/dashboard/nodes/{id}</c>.</summary>
internal sealed class NodePages(Pages pages)
{
    private readonly NodeReader _reader = new(pages.Parts);

    public void Map(ApiRoutes routes)
    {
        routes.Get(Places.Nodes, null, pages.Show(ListAsync));
        routes.Get(Places.Nodes + "/{id}", null, pages.Show(OneAsync));
    }

    private async Task<PageView> ListAsync(HttpContext context, Visitor visitor)
    {
        var query = NodesQuery.Read(context.Request.Query, out var problem);
        if (problem is not null)
        {
            return PageView.Notice("Nodes", problem, StatusCodes.Status400BadRequest, pages.Now, Places.Nodes);
        }

        var fleet = await pages.Parts.Fleet.GetAsync().WaitAsync(context.RequestAborted);
        return PageView.Of<NodesPage, NodesModel>("Nodes", NodesModel.Of(fleet, query), Places.Nodes, fleet.ReadAt);
    }

    private async Task<PageView> OneAsync(HttpContext context, Visitor visitor)
    {
        var lookup = await pages.Parts.Directory.FindAsync(ApiRoutes.Value(context, "id"), context.RequestAborted);
        if (lookup is not NodeLookup.Found { Node.Value: var node })
        {
            var refusal = NodeEndpoints.Refusal(lookup);
            var candidates = lookup is NodeLookup.Ambiguous several ? $": {string.Join(", ", several.Candidates)}" : "";
            return PageView.Notice("No such node", refusal.Detail + candidates, refusal.Status, pages.Now, Places.Nodes);
        }

        var model = await _reader.ReadAsync(node, pages.Now, context.RequestAborted);
        return PageView.Of<NodePage, NodeModel>(model.Node.Id, model, Places.Nodes, pages.Now);
    }
}
