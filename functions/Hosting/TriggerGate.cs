using System.Buffers;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace MoneroCloud.Functions;

/// <summary>
/// Handler mode: <c>POST /NAME</c> of the Functions host. Clients' requests come proxied to the same port, so a trigger is reached by its exact
/// target as it came over the wire and by nothing that a decoding, a normalisation or a router makes of another one; and never by a request
/// that says it was proxied.
/// </summary>
internal sealed partial class TriggerGate(TriggerTable table, ILogger log, CancellationToken cutOff)
{
    /// <summary>Put on by the host's proxy, by the platform before it, or by a browser; never on the host's own calls.</summary>
    private static readonly string[] ForeignHeaders =
    [
        "x-ms-invocation-id", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "Forwarded", "Via", "Client-IP",
        "X-Original-URL", "X-Original-Host", "X-Original-For", "X-WAWS-Unencoded-URL", "Disguised-Host", "Was-Default-Hostname", "X-ARR-LOG-ID",
        "X-ARR-SSL", "X-Site-Deployment-Id", "X-Azure-ClientIP", "X-Azure-FDID", "X-MS-CLIENT-PRINCIPAL", "Origin", "Referer", "Cookie",
    ];

    private readonly FrozenDictionary<string, string> _names = table.Names.ToFrozenDictionary(name => "/" + name, StringComparer.Ordinal);

    /// <summary>The trigger that the host calls with this request; null for any other request.</summary>
    public string? Match(HttpContext context)
    {
        var request = context.Request;
        // Exactly so: ASP.NET Core's own comparison takes a "post" too.
        if (request.Method != "POST" || !_names.TryGetValue(RawTarget(context), out var name))
        {
            return null;
        }

        if (Foreign(request) is { } reason)
        {
            Log.Foreign(log, name, reason);
            return null;
        }

        return name;
    }

    public async Task InvokeAsync(HttpContext context, string name)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, cutOff);
        var payload = await BodyAsync(context.Request, ending.Token);
        var answer = await table.InvokeAsync(name, payload, ending.Token, context.Request.Headers.TraceParent);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    public static string RawTarget(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static string? Foreign(HttpRequest request)
    {
        foreach (var header in ForeignHeaders)
        {
            if (request.Headers.ContainsKey(header))
            {
                return $"it carries the header {header}";
            }
        }

        if (request.Host.Host is not ("127.0.0.1" or "localhost"))
        {
            return "its Host is not loopback";
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            ? null
            : "its Content-Type is not application/json";
    }

    /// <summary>Bounded by the server's limit for a request.</summary>
    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Name}: a call was not taken for the Functions host's own: {Reason}")]
        public static partial void Foreign(ILogger log, string name, string reason);
    }
}
