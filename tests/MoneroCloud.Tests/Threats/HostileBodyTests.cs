using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Bodies that are too long, nested too deeply or no JSON, at every endpoint that takes one, by somebody who even has the operator's key.</summary>
public sealed class HostileBodyTests
{
    private static readonly string[] Targets = [.. AccessTests.Routes.Select(r => (Method: r.Data.Item1, Path: r.Data.Item2)).Where(r => r.Method != "GET" && r.Path.StartsWith("/api/", StringComparison.Ordinal))
        .Select(r => $"{r.Method} {r.Path.Replace("{id}", r.Path.Contains("nodes", StringComparison.Ordinal) ? "host.main" : "nobody", StringComparison.Ordinal).Replace("{name}", "nobody", StringComparison.Ordinal)}")];

    private static readonly Dictionary<string, byte[]> Bodies = new()
    {
        ["arrays in arrays"] = Text(new string('[', 16_000)),
        ["arrays in arrays, closed"] = Text(new string('[', 8_000) + new string(']', 8_000)),
        ["objects in objects"] = Text(string.Concat(Enumerable.Repeat("{\"match\":", 1_700)) + "1" + new string('}', 1_700)),
        ["deep within a member"] = Text($$"""{"name":"host","key":{"kty":{{new string('[', 60)}}{{new string(']', 60)}}},"match":{{new string('[', 70)}}{{new string(']', 70)}},"kill_after_ms":{{new string('[', 70)}}{{new string(']', 70)}},"by":[[[[]]]],"channel":[[]]}"""),
        ["a byte too long"] = Text(new string(' ', JsonBody.MostBytes + 1)),
        ["64 KiB"] = Text($$"""{"comment":"{{new string('x', 64 * 1024)}}"}"""),
        ["no Unicode"] = [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', 0xFF, (byte)'}'],
        ["half a character"] = Text("""{"by":"\ud800","comment":"\udfff","name":"\ud800","channel":"\ud800","node":"\ud800","kill_after_ms":"\ud800"}"""),
        ["zeros"] = new byte[1_000],
        ["numbers out of range"] = Text("""{"minutes":1e400,"kill_after_ms":99999999999999999999999,"until":"9999-99-99","name":-1,"channel":1,"by":2}"""),
        ["a member more than once"] = Text("""{"name":"host","name":7,"minutes":5,"minutes":"x","channel":"log","channel":[],"kill_after_ms":1,"kill_after_ms":[],"by":"a","by":[]}"""),
        ["text after it"] = Text("""{"minutes":5} {"minutes":6}"""),
    };

    [Fact]
    public async Task Each_is_refused_at_each_endpoint_and_changes_nothing()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));
        var before = await StoredAsync(api);
        foreach (var target in Targets.Where(t => !IgnoresBodies(t)))
        {
            foreach (var (kind, body) in Bodies)
            {
                var (method, path) = (target.Split(' ')[0], target.Split(' ')[1]);
                var reply = await api.SendAsync(method, path, ApiSetup.Operator, change: request => request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } });

                Assert.True(reply.Code is >= 400 and < 500, $"{target}, {kind}: {reply.Code} {reply.Text}");
                Assert.Equal("application/problem+json", reply.ContentType);
                Assert.InRange(reply.Text.Length, 10, 2_000);
            }
        }

        Assert.Equal(before, await StoredAsync(api));
        Assert.Equal(0, api.Bus.Count);
        Assert.DoesNotContain(api.Lines, line => line.Contains(" error ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_body_is_taken_none_is_read()
    {
        await using var api = await ApiUnderTest.StartAsync();
        foreach (var target in Targets.Where(IgnoresBodies))
        {
            var reply = await api.SendAsync(target.Split(' ')[0], target.Split(' ')[1].Replace("host.main", "host.nobody", StringComparison.Ordinal), ApiSetup.Operator, json: new string('[', 60_000));

            Assert.True(reply.Code is 404 or 200, $"{target}: {reply.Code} {reply.Text}");
        }
    }

    [Theory]
    [InlineData("key=")]
    [InlineData("key=a&key=b&c=d&e=f&g=h")]
    [InlineData("%ff%fe=%00%0a")]
    [InlineData("&&&&&&&&&&")]
    public async Task The_form_of_the_dashboard_takes_a_key_and_nothing_else(string form)
    {
        await using var api = await ApiUnderTest.StartAsync();
        foreach (var text in new[] { form, form + new string('x', 8 * 1024), form + new string('&', 3_000) })
        {
            var reply = await api.SendAsync("POST", "/dashboard/login", key: null, change: request => request.Content = new StringContent(text, Encoding.ASCII, "application/x-www-form-urlencoded"));

            Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
            Assert.False(reply.Headers.ContainsKey("Set-Cookie"));
        }
    }

    /// <summary>What only has an address.</summary>
    private static bool IgnoresBodies(string target) => target.StartsWith("DELETE", StringComparison.Ordinal)
        || new[] { "/check", "/reload" }.Any(end => target.EndsWith(end, StringComparison.Ordinal));

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<string> StoredAsync(ApiUnderTest api)
    {
        var all = new StringBuilder();
        foreach (var list in new[] { "/api/nodes", "/api/agents", "/api/silences", "/api/incidents", "/api/alerts" })
        {
            all.AppendLine((await api.GetAsync(list)).Text);
        }

        return all.ToString();
    }
}
