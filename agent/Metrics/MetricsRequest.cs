using System.Net;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The head of one HTTP request, as far as metrics need it: which page, and in which form. Pure; whatever comes in, it is one of the two.</summary>
internal abstract record MetricsRequest
{
    /// <summary>Request line and headers together, in bytes.</summary>
    public const int LongestHead = 4 << 10;

    private const int MostHeaders = 64;

    private MetricsRequest()
    {
    }

    /// <param name="HeadOnly">HEAD: the answer has no body.</param>
    public sealed record Page(string Path, bool HeadOnly, MetricsFormat Format) : MetricsRequest;

    /// <param name="Why">For the client; never what it sent.</param>
    public sealed record Refused(HttpStatusCode Status, string Why) : MetricsRequest;

    /// <param name="head">Up to the empty line, with or without it.</param>
    public static MetricsRequest Read(ReadOnlySpan<byte> head)
    {
        var lines = Encoding.Latin1.GetString(head).Split("\r\n", MostHeaders + 2);
        return lines[0].Split(' ') is not [var method, ['/', ..] target, "HTTP/1.1" or "HTTP/1.0"] ? new Refused(HttpStatusCode.BadRequest, "this is no request of HTTP/1.1")
            : method is not ("GET" or "HEAD") ? new Refused(HttpStatusCode.MethodNotAllowed, "GET and HEAD are answered")
            : lines.Length > MostHeaders + 1 ? new Refused(HttpStatusCode.RequestHeaderFieldsTooLarge, $"at most {MostHeaders} headers")
            : Read(method, target, lines.AsSpan(1));
    }

    private static MetricsRequest Read(string method, string target, ReadOnlySpan<string> headers)
    {
        string? accept = null;
        string? host = null;
        foreach (var line in headers)
        {
            if (line.Length == 0)
            {
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !line.AsSpan(0, colon).IsName())
            {
                return new Refused(HttpStatusCode.BadRequest, "a header is malformed");
            }

            var value = line[(colon + 1)..].Trim();
            switch (line[..colon].ToLowerInvariant())
            {
                case "content-length" when value != "0":
                case "transfer-encoding":
                    return new Refused(HttpStatusCode.BadRequest, "a request has no body here");
                case "accept":
                    accept = value;
                    break;
                case "host":
                    host = value;
                    break;
            }
        }

        return host is not null && !IsOurs(host)
            ? new Refused(HttpStatusCode.MisdirectedRequest, "Host is neither an address nor localhost")
            : new Page(target.Split('?')[0], method == "HEAD", MetricsContent.Of(accept));
    }

    /// <summary>A page in somebody's browser can make a name of its own lead to this address, and would read what is answered: under a name nothing is.</summary>
    private static bool IsOurs(string host)
    {
        var name = host.LastIndexOf(':') is var colon and >= 0 && !host.EndsWith(']') ? host[..colon] : host;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(name.Trim('[', ']'), out _);
    }
}
