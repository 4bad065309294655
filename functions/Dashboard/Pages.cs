using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Functions;

/// <summary>
/// What all pages have in common: who may see them, what is said while the storage is away, and the mark of a page's content, by which a page that looks
/// every few seconds whether it has changed costs little while it has not.
/// </summary>
internal sealed partial class Pages(ApiParts parts, DashboardAccess access)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5);

    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<Pages>();

    public DashboardAccess Access => access;

    public ApiParts Parts => parts;

    public DateTimeOffset Now => parts.Monitor.Now;

    /// <param name="make">For a visitor who may see it.</param>
    public ApiHandler Show(Func<HttpContext, Visitor, Task<PageView>> make) => async context =>
    {
        var (visitor, refusal) = await access.AdmitAsync(context);
        return visitor is null ? refusal! : await AnswerAsync(context, visitor, await TryAsync(context, () => make(context, visitor)));
    };

    /// <param name="deed">For an operator, with a form of ours.</param>
    public ApiHandler Do(Func<HttpContext, Visitor, IFormCollection, Task<DeedAnswer>> deed) => async context =>
    {
        var form = await FormBody.ReadAsync(context);
        var (visitor, refusal) = await access.AdmitDeedAsync(context, form);
        if (visitor is null)
        {
            return refusal is { Detail: { } detail, Status: StatusCodes.Status403Forbidden } && WantsHtml(context.Request)
                ? await NoticeAsync(context, "This was not done", detail, refusal.Status)
                : refusal!;
        }

        DeedAnswer? end = null;
        var failed = await TryAsync(context, async () =>
        {
            end = await deed(context, visitor, form);
            return end is DeedAnswer.Shown shown ? shown.View : PageView.Notice("Done", "It is done.", StatusCodes.Status200OK, Now);
        });
        parts.Fleet.Forget();
        return end switch
        {
            DeedAnswer.Led led => ApiResponse.Empty(StatusCodes.Status303SeeOther) with { Location = led.Place },
            DeedAnswer.Refused refused when WantsHtml(context.Request) =>
                await NoticeAsync(context, "This was not done", refused.Why.Detail ?? "", refused.Why.Status),
            DeedAnswer.Refused refused => refused.Why,
            _ => await AnswerAsync(context, visitor, failed),
        };
    };

    public PageFrame Frame(HttpContext context, Visitor? visitor) => new()
    {
        Place = Places.Own(context.Request.Path + context.Request.QueryString),
        Now = Now,
        MayAct = visitor?.MayAct == true,
        Token = visitor?.FormToken,
        Who = visitor is null ? null : OperatorWord.Named(visitor.Caller),
        HasSession = visitor?.Session is not null,
        Theme = PageHtml.Theme(context.Request),
    };

    private async Task<ApiResponse> AnswerAsync(HttpContext context, Visitor visitor, PageView view)
    {
        var frame = Frame(context, visitor);
        var body = await PageHtml.RenderAsync(view.Component, new() { [nameof(PageBase<NoticeModel>.Model)] = view.Model, [nameof(PageBase<NoticeModel>.Frame)] = frame });
        var mark = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{DashboardAssets.Version}\n{view.Title}\n{frame.Who}\n{body}")))[..32]}\"";
        if (view.Status == StatusCodes.Status200OK && context.Request.Headers.IfNoneMatch is [{ } known] && known == mark)
        {
            context.Response.Headers.ETag = mark;
            PageHtml.SetHeaders(context.Response.Headers);
            return ApiResponse.Empty(StatusCodes.Status304NotModified);
        }

        context.Response.Headers.ETag = view.Status == StatusCodes.Status200OK ? mark : default;
        return await PageHtml.AnswerAsync(context, view.Title, view.Section, body, frame, view.AsOf, view.Status);
    }

    /// <summary>People get a page that says so; a program gets the problem that it gets everywhere.</summary>
    private async Task<PageView> TryAsync(HttpContext context, Func<Task<PageView>> make)
    {
        try
        {
            return await make();
        }
        catch (StorageUnavailableException e) when (WantsHtml(context.Request))
        {
            Log.StorageAway(_log, context.Request.Method, context.Request.Path.Value ?? "", e.Message);
            context.Response.Headers.RetryAfter = $"{AgainAfter.TotalSeconds:0}";
            return PageView.Notice(
                "Not now", "The storage cannot be used at this moment; the log of the monitor says why. What is shown elsewhere may be old.", StatusCodes.Status503ServiceUnavailable, Now);
        }
    }

    private async Task<ApiResponse> NoticeAsync(HttpContext context, string title, string text, int status)
    {
        var frame = Frame(context, null);
        var body = await PageHtml.RenderAsync(typeof(NoticePage), new() { [nameof(NoticePage.Model)] = new NoticeModel(text), [nameof(NoticePage.Frame)] = frame });
        return await PageHtml.AnswerAsync(context, title, "", body, frame, asOf: null, status);
    }

    private static bool WantsHtml(HttpRequest request) => request.Headers.Accept.Any(a => a?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path}: the storage could not be used: {Why}")]
        public static partial void StorageAway(ILogger log, string method, string path, string why);
    }
}
