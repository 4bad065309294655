namespace MoneroCloud.Functions;

/// <summary><c>/dashboard</c>: the fleet at a glance.</summary>
internal sealed class OverviewPages(Pages pages, CachedHealth health)
{
    public void Map(ApiRoutes routes) => routes.Get(Places.Home, null, pages.Show(async (context, _) =>
    {
        var view = await health.GetAsync().WaitAsync(context.RequestAborted);
        var fleet = await pages.Parts.Fleet.GetAsync().WaitAsync(context.RequestAborted);
        return PageView.Of<OverviewPage, OverviewModel>("Overview", OverviewModel.Of(fleet, view), Places.Home, fleet.ReadAt);
    }));
}
