using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace MoneroCloud.Functions;

/// <summary>
/// Who may see the pages. A browser cannot send a key as a header, so it is given once in a form and a cookie takes its place, here and nowhere
/// else: no cookie opens the API.
/// </summary>
internal sealed class DashboardAccess(ApiParts parts, ApiGuard guard)
{
    /// <summary>Where one comes to who has logged in and was nowhere else before.</summary>
    public const string Home = "/dashboard";

    /// <summary>The list of incidents; each has its page below.</summary>
    public const string Incidents = "/dashboard/incidents";

    private const string ContentType = "text/html; charset=utf-8";
    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private const int MostFormBytes = 4 * 1024;

    private readonly SessionCookie _sessions = new(parts.Keys, parts.Monitor.Time);

    /// <summary>Null lets him in; else the answer that does not, mostly the form, which leads back to where he wanted to go.</summary>
    public ApiResponse? Refusal(HttpContext context) => ApiGuard.HasKey(context.Request) ? guard.Admit(context).Refusal
        : _sessions.IsGood(context.Request.Cookies[SessionCookie.Name]) ? null
        : Page(context, DashboardPage.Login(null, PlaceOf(context.Request.Path.Value)), StatusCodes.Status200OK);

    public static ApiResponse Page(HttpContext context, string html, int status)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return new ApiResponse(status, Encoding.UTF8.GetBytes(html), ContentType);
    }

    public async Task<ApiResponse> LoginAsync(HttpContext context)
    {
        var (presented, wanted) = await FormAsync(context.Request, context.RequestAborted);
        var place = PlaceOf(wanted);
        var (key, refusal) = guard.Admit(context, presented);
        if (key is null)
        {
            var error = refusal!.Status switch
            {
                StatusCodes.Status401Unauthorized => "The key is not valid.",
                StatusCodes.Status429TooManyRequests => "Too many tries: wait a minute.",
                _ => "No key is configured, so that nobody may come in.",
            };
            return Page(context, DashboardPage.Login(error, place), refusal.Status) with { RetryAfter = refusal.RetryAfter };
        }

        context.Response.Cookies.Append(SessionCookie.Name, _sessions.Make(key), Cookie(context, SessionCookie.Life));
        return To(place);
    }

    public Task<ApiResponse> LogoutAsync(HttpContext context)
    {
        context.Response.Cookies.Append(SessionCookie.Name, "", Cookie(context, TimeSpan.Zero));
        return Task.FromResult(To(Home));
    }

    private static ApiResponse To(string place) => ApiResponse.Empty(StatusCodes.Status303SeeOther) with { Location = place };

    /// <summary>One of our own pages, whatever somebody else has put into a form.</summary>
    private static string PlaceOf(string? wanted) =>
        wanted == Incidents || (wanted?.StartsWith($"{Incidents}/", StringComparison.Ordinal) == true && Keys.IncidentPlace(wanted[(Incidents.Length + 1)..]) is not null) ? wanted : Home;

    private CookieOptions Cookie(HttpContext context, TimeSpan life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax, // A link in a mail has to get in; there is nothing here that it could do.
        Path = Home,
        MaxAge = life,
        Secure = parts.Proxied || context.Request.IsHttps,
    };

    /// <summary>Null where the body is no such form.</summary>
    private static async Task<(string? Key, string? Place)> FormAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength is not (> 0 and <= MostFormBytes) || request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (null, null);
        }

        var options = new FormOptions { ValueCountLimit = 4, KeyLengthLimit = 64, ValueLengthLimit = 1_024 };
        try
        {
            var form = await new FormFeature(request, options).ReadFormAsync(cancellation);
            return (form["key"] is [{ Length: > 0 } key] ? key.Trim() : null, form["place"] is [{ Length: > 0 } place] ? place : null);
        }
        catch (InvalidDataException)
        {
            return (null, null);
        }
    }
}
