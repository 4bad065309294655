using System.Text.RegularExpressions;
using MoneroCloud.Tests.Api;

namespace MoneroCloud.Tests.Dashboard;

/// <summary>A browser that has signed in, without the browser.</summary>
internal sealed partial class DashboardSession(ApiUnderTest api, string cookie)
{
    public static async Task<DashboardSession> OpenAsync(ApiUnderTest api, string key, string? person = null) =>
        new(api, DashboardTests.Cookie(await DashboardTests.LoginAsync(api, key, person)));

    public Task<ApiReply> GetAsync(string target, string? mark = null) => api.SendAsync("GET", target, key: null, change: r =>
    {
        r.Headers.TryAddWithoutValidation("Cookie", cookie);
        r.Headers.TryAddWithoutValidation("Accept", "text/html");
        if (mark is not null)
        {
            r.Headers.TryAddWithoutValidation("If-None-Match", mark);
        }
    });

    /// <summary>What a form of ours has in it; null where the page has none.</summary>
    public async Task<string?> TokenAsync(string target) => Token().Match((await GetAsync(target)).Text) is { Success: true } found ? found.Groups[1].Value : null;

    public Task<ApiReply> PostAsync(string target, string? token, Action<HttpRequestMessage>? change = null, params (string Name, string Value)[] fields) =>
        api.SendAsync("POST", target, key: null, change: r =>
        {
            r.Headers.TryAddWithoutValidation("Cookie", cookie);
            r.Headers.TryAddWithoutValidation("Accept", "text/html");
            var form = fields.Select(f => KeyValuePair.Create(f.Name, f.Value));
            r.Content = new FormUrlEncodedContent(token is null ? form : form.Append(KeyValuePair.Create("token", token)));
            change?.Invoke(r);
        });

    [GeneratedRegex("name=\"token\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Token();
}
