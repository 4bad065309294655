namespace MoneroCloud.Functions;

/// <summary>
/// Who may see the pages and do something on them. A browser cannot send a key as a header, so it is given once in a form and a cookie takes its place,
/// here and nowhere else: no cookie opens the API.
/// </summary>
internal sealed class DashboardAccess(ApiParts parts, ApiGuard guard)
{
    /// <summary>A page that looks whether it has changed.</summary>
    public const string LiveHeader = "X-Dashboard-Live";

    private readonly SessionCookie _sessions = new(parts.Keys, parts.Monitor.Time);

    /// <summary>Either who it is, or the answer that does not let him in: mostly the form, which leads back to where he wanted to go.</summary>
    public async Task<(Visitor? Visitor, ApiResponse? Refusal)> AdmitAsync(HttpContext context)
    {
        if (ApiGuard.HasKey(context.Request))
        {
            var (caller, refusal) = guard.Admit(context);
            return (caller is null ? null : new Visitor(caller, null), refusal);
        }

        if (Session(context) is { } session)
        {
            return (new Visitor(Caller(context, session.Key, session.Person), session), null);
        }

        if (parts.EasyAuth && EasyAuth.Person(context.Request) is { } person)
        {
            var address = ClientAddress.Of(context, parts.Proxied);
            return (new Visitor(new ApiCaller(ApiRole.Viewer, address) { Person = person, Key = ApiCaller.NoKey, Door = ApiCaller.Dashboard }, null), null);
        }

        if (IsLive(context.Request))
        {
            return (null, ApiResponse.Problem(StatusCodes.Status401Unauthorized, "the session is over: sign in again"));
        }

        // What a form wanted to do is not done after all by signing in.
        var isPage = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var place = isPage ? Places.Own(context.Request.Path + context.Request.QueryString) : Places.Home;
        return (null, isPage && IsFromElsewhere(context.Request) ? await PageHtml.BounceAsync(context, place) : await PageHtml.SignInAsync(context, null, place));
    }

    /// <summary>As <see cref="AdmitAsync"/>, for what changes something: an operator, from a form of ours.</summary>
    public async Task<(Visitor? Visitor, ApiResponse? Refusal)> AdmitDeedAsync(HttpContext context, IFormCollection form)
    {
        if (IsForeign(context.Request))
        {
            return (null, ApiResponse.Problem(StatusCodes.Status403Forbidden, "this came from a page of another site: nothing was done"));
        }

        var (visitor, refusal) = await AdmitAsync(context);
        if (visitor is null)
        {
            return (null, refusal);
        }

        return !visitor.MayAct ? (null, ApiResponse.Problem(StatusCodes.Status403Forbidden, $"this needs the role {ApiRole.Operator}; the session has the role {visitor.Caller.Role}"))
            : visitor.Session is { } session && !SessionCookie.IsFormToken(session, form["token"])
                ? (null, ApiResponse.Problem(StatusCodes.Status403Forbidden, "this form is not of this session: open the page again; nothing was done"))
            : (visitor, null);
    }

    public PageSession? Session(HttpContext context) => _sessions.Find(context.Request.Cookies[SessionCookie.Name]);

    public ApiCaller Caller(HttpContext context, ApiKey key, string? person) =>
        new(key.Role, ClientAddress.Of(context, parts.Proxied)) { Person = person, Key = key.Fingerprint, Door = ApiCaller.Dashboard };

    /// <returns>Either the key, or the answer that refuses it.</returns>
    public (ApiKey? Key, ApiResponse? Refusal) Open(HttpContext context, string? key) => guard.Admit(context, key);

    public void SetCookie(HttpContext context, ApiKey key, string? person) =>
        context.Response.Cookies.Append(SessionCookie.Name, _sessions.Make(key, person), Cookie(context, SessionCookie.Life));

    public void TakeCookie(HttpContext context) => context.Response.Cookies.Append(SessionCookie.Name, "", Cookie(context, TimeSpan.Zero));

    /// <summary>Whether the browser says that another site has made it send this; an old browser says nothing, and then the form's token alone decides.</summary>
    public static bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site] ? site is not ("same-origin" or "none")
        : request.Headers.Origin is [{ Length: > 0 } origin] && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Authority != request.Host.Value);

    /// <summary>Somebody followed a link in a mail: a strict cookie does not come along at first.</summary>
    private static bool IsFromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"] && request.Headers["Sec-Fetch-Mode"] is ["navigate"];

    private static bool IsLive(HttpRequest request) => request.Headers.ContainsKey(LiveHeader);

    private CookieOptions Cookie(HttpContext context, TimeSpan life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = Places.Home,
        MaxAge = life,
        Secure = parts.Proxied || context.Request.IsHttps || IsBehindTls(context.Request),
    };

    /// <summary>A proxy that ends TLS tells nobody here, but the browser names the scheme of the page whose form it sends.</summary>
    private static bool IsBehindTls(HttpRequest request) => request.Headers.Origin is [{ } origin] && origin.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
