using System.Net;
using System.Text;
using CsCheck;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.Metrics;

/// <summary>The agent's reader of requests: what it takes, and that nothing that comes in is more than refused.</summary>
public sealed class MetricsRequestTests
{
    [Theory]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:9938", "/metrics", false, MetricsFormat.Text)]
    [InlineData("HEAD /metrics?x=1 HTTP/1.0", "/metrics", true, MetricsFormat.Text)]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: application/openmetrics-text; version=1.0.0", "/", false, MetricsFormat.OpenMetrics)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: [::1]:9938\r\nContent-Length: 0", "/metrics", false, MetricsFormat.Text)]
    [InlineData("GET /metrics HTTP/1.1\r\nHOST:[::1]", "/metrics", false, MetricsFormat.Text)]
    public void A_good_request_is_read(string head, string path, bool headOnly, MetricsFormat format) =>
        Assert.Equal(new MetricsRequest.Page(path, headOnly, format), Read(head));

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("GET /metrics", HttpStatusCode.BadRequest)]
    [InlineData("GET  /metrics HTTP/1.1", HttpStatusCode.BadRequest)]
    [InlineData("GET http://elsewhere/metrics HTTP/1.1", HttpStatusCode.BadRequest)]
    [InlineData("GET /metrics HTTP/2.0", HttpStatusCode.BadRequest)]
    [InlineData("POST /metrics HTTP/1.1", HttpStatusCode.MethodNotAllowed)]
    [InlineData("get /metrics HTTP/1.1", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET /metrics HTTP/1.1\r\nContent-Length: 7", HttpStatusCode.BadRequest)]
    [InlineData("GET /metrics HTTP/1.1\r\nTransfer-Encoding: chunked", HttpStatusCode.BadRequest)]
    [InlineData("GET /metrics HTTP/1.1\r\n folded: x", HttpStatusCode.BadRequest)]
    [InlineData("GET /metrics HTTP/1.1\r\nno colon", HttpStatusCode.BadRequest)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: attacker.example:9938", HttpStatusCode.MisdirectedRequest)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1.attacker.example", HttpStatusCode.MisdirectedRequest)]
    public void A_bad_one_is_refused(string head, HttpStatusCode status) => Assert.Equal(status, Assert.IsType<MetricsRequest.Refused>(Read(head)).Status);

    [Fact]
    public void Too_many_headers_are_refused() => Assert.Equal(
        HttpStatusCode.RequestHeaderFieldsTooLarge,
        Assert.IsType<MetricsRequest.Refused>(Read("GET / HTTP/1.1" + string.Concat(Enumerable.Repeat("\r\na: b", 65)))).Status);

    [Fact]
    public void Whatever_comes_in_is_read_or_refused_and_what_is_refused_is_not_repeated() =>
        Gen.OneOf(Gen.Byte.Array[0, 300].Select(Encoding.Latin1.GetString), Broken()).Sample(
            text => Read(text) is MetricsRequest.Page { Path: ['/', ..] } or MetricsRequest.Refused { Why.Length: < 80 },
            iter: 20_000);

    private static Gen<string> Broken() => Gen.Select(
        One("GET", "HEAD", "GE\0T", ""), One("/metrics", "/", "*", "/\u00ff"), One("HTTP/1.1", "HTTP/1.0", "HTTP/9"),
        One("\r\n", "\n", "\r", " ", ":"), One("Host: a", "Host:", ":", "Accept: ;;q=,,", "Content-Length: -1", "Host: [::", "Host: ]:["),
        (method, path, version, between, header) => $"{method} {path} {version}{between}{header}{between}{header}");

    private static Gen<string> One(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static MetricsRequest Read(string head) => MetricsRequest.Read(Encoding.Latin1.GetBytes(head));
}
