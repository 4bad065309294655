using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What operators do with a node: asked once more where it ends a process, placed as an order, and followed until its outcome.</summary>
internal sealed class OrderPages(Pages pages)
{
    private const int CheckWaitSeconds = 8;

    private static readonly OrderVerb[] Asked = [OrderVerb.Restart, OrderVerb.Stop, OrderVerb.Disable];
    private static readonly OrderVerb[] Placed = [.. Asked, OrderVerb.Start, OrderVerb.Enable];

    private readonly OrderDeeds _deeds = new(pages.Parts);
    private readonly NodeChecker _checker = new(pages.Parts);

    public void Map(ApiRoutes routes)
    {
        foreach (var verb in Asked)
        {
            routes.Get($"{Places.Nodes}/{{id}}/confirm/{Path(verb)}", null, pages.Show((context, visitor) => ConfirmAsync(context, visitor, verb)));
        }

        foreach (var verb in Placed)
        {
            routes.Post($"{Places.Nodes}/{{id}}/{Path(verb)}", null, pages.Do((context, visitor, form) => PlaceAsync(context, visitor, form, verb)));
        }

        routes.Post(Places.Nodes + "/{id}/check", null, pages.Do(CheckAsync));
        routes.Get(Places.Orders + "/{id}", null, pages.Show(OneAsync));
    }

    private static string Path(OrderVerb verb) => verb.ToString().ToLowerInvariant();

    private async Task<PageView> ConfirmAsync(HttpContext context, Visitor visitor, OrderVerb verb)
    {
        if (!visitor.MayAct)
        {
            return PageView.Notice("Not allowed", $"This needs the role {ApiRole.Operator}.", StatusCodes.Status403Forbidden, pages.Now, Places.Nodes);
        }

        var lookup = await pages.Parts.Directory.FindAsync(ApiRoutes.Value(context, "id"), context.RequestAborted);
        if (lookup is not NodeLookup.Found { Node.Value: var node })
        {
            var refusal = NodeEndpoints.Refusal(lookup);
            return PageView.Notice("No such node", refusal.Detail!, refusal.Status, pages.Now, Places.Nodes);
        }

        var agent = NodeViews.IsRemote(node.Id) ? null : await pages.Parts.Directory.AgentAsync(node.Id.Agent, context.RequestAborted);
        var model = ConfirmModel.Of(NodeViews.Of(node, agent, pages.Parts.Monitor.Policy, pages.Now), verb);
        return PageView.Of<ConfirmPage, ConfirmModel>($"{verb} {node.Id}?", model, Places.Nodes, pages.Now);
    }

    private async Task<DeedAnswer> PlaceAsync(HttpContext context, Visitor visitor, IFormCollection form, OrderVerb verb)
    {
        long? killAfterMs = null;
        if (form.Text("kill_after") is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > Order.MostKillAfterMs / 1_000)
            {
                return new DeedAnswer.Refused(ApiResponse.Problem(StatusCodes.Status400BadRequest, $"SIGKILL after is {ApiQuery.Short(text)}: a number of seconds from 0 to {Order.MostKillAfterMs / 1_000}"));
            }

            killAfterMs = verb is OrderVerb.Restart or OrderVerb.Stop ? seconds * 1_000L : null;
        }

        var (order, refusal) = await _deeds.PlaceAsync(visitor.Caller, ApiRoutes.Value(context, "id"), verb, killAfterMs, context.RequestAborted);
        return order is not null ? new DeedAnswer.Led(Places.Order(order.Order.Id)) : new DeedAnswer.Refused(refusal!);
    }

    /// <summary>By the method that sees most, and taken into the node's health.</summary>
    private async Task<DeedAnswer> CheckAsync(HttpContext context, Visitor visitor, IFormCollection form)
    {
        var lookup = await pages.Parts.Directory.FindAsync(ApiRoutes.Value(context, "id"), context.RequestAborted);
        if (lookup is not NodeLookup.Found { Node.Value: var node })
        {
            return new DeedAnswer.Refused(NodeEndpoints.Refusal(lookup));
        }

        var method = NodeViews.IsRemote(node.Id) ? CheckMethod.Api : CheckMethod.Full;
        var end = await _checker.CheckAsync(node, new CheckWish(method, Save: true, TimeSpan.FromSeconds(CheckWaitSeconds), visitor.Caller), context.RequestAborted);
        return end switch
        {
            CheckEnd.Waits waits => new DeedAnswer.Led(Places.Order(waits.Order.Order.Id)),
            CheckEnd.Refused refused => new DeedAnswer.Refused(ApiResponse.Problem(refused.Status, refused.Why) with { RetryAfter = refused.RetryAfter }),
            _ => new DeedAnswer.Led(Places.Node(node.Id.ToString())),
        };
    }

    private async Task<PageView> OneAsync(HttpContext context, Visitor visitor)
    {
        var order = await pages.Parts.Orders.WaitAsync(ApiRoutes.Value(context, "id"), TimeSpan.Zero, context.RequestAborted);
        return order is null
            ? PageView.Notice("No such order", "No order has this id, or it was kept for long enough.", StatusCodes.Status404NotFound, pages.Now, Places.Nodes)
            : PageView.Of<OrderPage, OrderModel>($"{order.Order.Verb} {order.Order.Subject}", new OrderModel(OrderView.Of(order)), Places.Nodes, pages.Now);
    }
}
