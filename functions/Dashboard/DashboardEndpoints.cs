using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace MoneroCloud.Functions;

/// <summary>
/// <c>/dashboard</c>: one page to read. A browser cannot send a key as a header, so it is given once in a form and a cookie takes its place,
/// here and nowhere else: no cookie opens the API.
/// </summary>
internal sealed class DashboardEndpoints(ApiParts parts, ApiGuard guard, CachedHealth health)
{
    private const string Html = "text/html; charset=utf-8";
    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private const int MostFormBytes = 4 * 1024;

    private readonly SessionCookie _sessions = new(parts.Keys, parts.Monitor.Time);

    public void Map(ApiRoutes routes)
    {
        routes.Get("/dashboard", null, PageAsync);
        routes.Get("/dashboard/style.css", null, StyleAsync);
        routes.Post("/dashboard/login", null, LoginAsync);
        routes.Post("/dashboard/logout", null, LogoutAsync);
    }

    private static ApiResponse Page(HttpContext context, string html, int status)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return new ApiResponse(status, Encoding.UTF8.GetBytes(html), Html);
    }

    private static ApiResponse ToPage() => ApiResponse.Empty(StatusCodes.Status303SeeOther) with { Location = "/dashboard" };

    private static Task<ApiResponse> StyleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Task.FromResult(new ApiResponse(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(DashboardPage.Style), "text/css; charset=utf-8"));
    }

    private async Task<ApiResponse> PageAsync(HttpContext context)
    {
        if (ApiGuard.HasKey(context.Request))
        {
            if (guard.Admit(context).Refusal is { } refusal)
            {
                return refusal;
            }
        }
        else if (!_sessions.IsGood(context.Request.Cookies[SessionCookie.Name]))
        {
            return Page(context, DashboardPage.Login(null), StatusCodes.Status200OK);
        }

        var view = await health.GetAsync().WaitAsync(context.RequestAborted);
        var agents = await parts.Directory.AgentsAsync(context.RequestAborted);
        var nodes = await parts.Directory.AllAsync(context.RequestAborted);
        var (policy, now) = (parts.Monitor.Policy, parts.Monitor.Now);
        return Page(
            context,
            DashboardPage.Fleet(
                view,
                [.. nodes.Select(n => NodeViews.Of(n, agents.GetValueOrDefault(n.Id.Agent), policy, now))],
                [.. agents.Values.Select(a => NodeViews.Of(a, policy, now))],
                now),
            StatusCodes.Status200OK);
    }

    private async Task<ApiResponse> LoginAsync(HttpContext context)
    {
        var (key, refusal) = guard.Admit(context, await FormKeyAsync(context.Request, context.RequestAborted));
        if (key is null)
        {
            var error = refusal!.Status switch
            {
                StatusCodes.Status401Unauthorized => "The key is not valid.",
                StatusCodes.Status429TooManyRequests => "Too many tries: wait a minute.",
                _ => "No key is configured, so that nobody may come in.",
            };
            return Page(context, DashboardPage.Login(error), refusal.Status) with { RetryAfter = refusal.RetryAfter };
        }

        context.Response.Cookies.Append(SessionCookie.Name, _sessions.Make(key), Cookie(context, SessionCookie.Life));
        return ToPage();
    }

    private Task<ApiResponse> LogoutAsync(HttpContext context)
    {
        context.Response.Cookies.Append(SessionCookie.Name, "", Cookie(context, TimeSpan.Zero));
        return Task.FromResult(ToPage());
    }

    private CookieOptions Cookie(HttpContext context, TimeSpan life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/dashboard",
        MaxAge = life,
        Secure = parts.Proxied || context.Request.IsHttps,
    };

    /// <summary>Null where the body is no such form.</summary>
    private static async Task<string?> FormKeyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength is not (> 0 and <= MostFormBytes) || request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var options = new FormOptions { ValueCountLimit = 4, KeyLengthLimit = 64, ValueLengthLimit = 1_024 };
        try
        {
            var form = await new FormFeature(request, options).ReadFormAsync(cancellation);
            return form["key"] is [{ Length: > 0 } key] ? key.Trim() : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
