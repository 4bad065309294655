using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace MoneroCloud.Functions;

/// <summary>Razor components to an answer: rendered once, whole, on the server. There is no circuit, and nothing of it lives on.</summary>
internal static class PageHtml
{
    public const string ContentType = "text/html; charset=utf-8";
    public const string ThemeCookie = "monerocloud_theme";

    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string Permissions = "accelerometer=(), camera=(), clipboard-read=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()";

    // Components that are rendered on the server alone need no service.
    private static readonly ServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    /// <summary>With what everything not ours is encoded, and made printable.</summary>
    public static async Task<string> RenderAsync(Type component, Dictionary<string, object?> parameters)
    {
        await using var renderer = new HtmlRenderer(Services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters))).ToHtmlString());
        return ShownHtml.Printable(html);
    }

    public static async Task<ApiResponse> SignInAsync(HttpContext context, string? error, string place, int status = StatusCodes.Status200OK) =>
        await WholeAsync(context, "Sign in", typeof(SignInPage), new() { [nameof(SignInPage.Error)] = error, [nameof(SignInPage.Place)] = place }, status);

    /// <summary>Leads on to where somebody was led from another site, and now with his cookie.</summary>
    public static async Task<ApiResponse> BounceAsync(HttpContext context, string place)
    {
        var address = $"{Places.Continue}?to={Uri.EscapeDataString(place)}";
        return await WholeAsync(context, "One moment", typeof(BouncePage), new() { [nameof(BouncePage.Address)] = address }, StatusCodes.Status200OK, refresh: address);
    }

    /// <param name="body">Rendered already.</param>
    public static async Task<ApiResponse> AnswerAsync(HttpContext context, string title, string section, string body, PageFrame frame, DateTimeOffset? asOf, int status, string? refresh = null)
    {
        var html = await RenderAsync(typeof(Layout), new()
        {
            [nameof(Layout.Title)] = title,
            [nameof(Layout.Section)] = section,
            [nameof(Layout.Body)] = new MarkupString(body),
            [nameof(Layout.Frame)] = frame,
            [nameof(Layout.AsOf)] = asOf,
            [nameof(Layout.Refresh)] = refresh,
        });
        SetHeaders(context.Response.Headers);
        return new ApiResponse(status, Encoding.UTF8.GetBytes(html), ContentType);
    }

    public static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;

        // Under no-referrer a browser would name no origin with our own forms, and over plain HTTP it says nothing else of where they come from.
        headers["Referrer-Policy"] = "same-origin";
    }

    public static string? Theme(HttpRequest request) => request.Cookies[ThemeCookie] is "light" or "dark" ? request.Cookies[ThemeCookie] : null;

    /// <summary>For somebody who is not known.</summary>
    private static async Task<ApiResponse> WholeAsync(HttpContext context, string title, Type component, Dictionary<string, object?> parameters, int status, string? refresh = null) =>
        await AnswerAsync(
            context, title, "", await RenderAsync(component, parameters), new PageFrame { Place = Places.Home, Now = default, Theme = Theme(context.Request) }, asOf: null, status, refresh);
}
