using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A key for a session, and its end.</summary>
internal sealed class SignInEndpoints(Pages pages)
{
    /// <summary>What a person may call himself there: with the role before it, it fits into an order.</summary>
    public const int LongestPerson = 48;

    private readonly DashboardAccess _access = pages.Access;
    private readonly FailedSignIns _failed = new(pages.Parts.Audit, pages.Parts.Monitor.Time);

    public void Map(ApiRoutes routes)
    {
        routes.Post(Places.Login, null, LoginAsync);
        routes.Post(Places.Logout, null, LogoutAsync);
        routes.Get(Places.Continue, null, ContinueAsync);
    }

    private async Task<ApiResponse> LoginAsync(HttpContext context)
    {
        var form = await FormBody.ReadAsync(context);
        var place = Places.Own(form.Text("place"));
        if (DashboardAccess.IsForeign(context.Request))
        {
            return await PageHtml.SignInAsync(context, "That came from a page of another site. Give the key here.", place, StatusCodes.Status403Forbidden);
        }

        var person = form.Text("by");
        if (person is not null && (person.Length > LongestPerson || ShownText.Printable(person) != person))
        {
            return await PageHtml.SignInAsync(context, $"The name may have 1 to {LongestPerson} visible characters.", place, StatusCodes.Status400BadRequest);
        }

        var (key, refusal) = _access.Open(context, form.Text("key"));
        if (key is null)
        {
            return await RefusedAsync(context, refusal!, place);
        }

        _access.SetCookie(context, key, person);
        var caller = _access.Caller(context, key, person);
        await pages.Parts.Audit.WriteAsync(new AuditIntent(caller, OperatorWord.Named(caller), "sign in", NodeId.Monitor), "signed in");
        return To(place);
    }

    private async Task<ApiResponse> RefusedAsync(HttpContext context, ApiResponse refusal, string place)
    {
        var error = refusal.Status switch
        {
            StatusCodes.Status401Unauthorized => "The key is not valid.",
            StatusCodes.Status429TooManyRequests => "Too many tries: wait a minute.",
            _ => "No key is configured, so that nobody may come in.",
        };
        if (refusal.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status429TooManyRequests)
        {
            await _failed.CountAsync();
        }

        return await PageHtml.SignInAsync(context, error, place, refusal.Status) with { RetryAfter = refusal.RetryAfter };
    }

    /// <summary>Another site's form cannot end a session either.</summary>
    private async Task<ApiResponse> LogoutAsync(HttpContext context)
    {
        if (!DashboardAccess.IsForeign(context.Request))
        {
            _access.TakeCookie(context);
        }

        return await Task.FromResult(To(Places.Home));
    }

    /// <summary>Here the browser comes from a page of ours, and has its cookie with it; where it has none there is the form, and no way back, so no loop.</summary>
    private async Task<ApiResponse> ContinueAsync(HttpContext context)
    {
        var place = Places.Own(context.Request.Query["to"] is [{ } to] ? to : null);
        return _access.Session(context) is null ? await PageHtml.SignInAsync(context, null, place) : To(place);
    }

    private static ApiResponse To(string place) => ApiResponse.Empty(StatusCodes.Status303SeeOther) with { Location = place };
}
