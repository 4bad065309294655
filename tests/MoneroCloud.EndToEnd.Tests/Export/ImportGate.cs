using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests.Export;

/// <summary>Stands between 'monerocloud import' and a monitor, and does something at one part of what is written.</summary>
internal sealed class ImportGate : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _onward;
    private readonly Task _serving;

    public ImportGate(Uri monitor)
    {
        Url = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _onward = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = monitor };
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>Is given each part that is to be written, and what passes it on; by default it passes it on.</summary>
    public Func<ImportRequest, Func<Task>, Task> OnPart { get; set; } = (_, pass) => pass();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _onward.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                await PassAsync(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or HttpRequestException or IOException)
            {
                // Either side was killed: what it had asked is not answered.
            }
        }
    }

    private async Task PassAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        HttpResponseMessage? answer = null;
        try
        {
            async Task Pass() => answer = await AskAsync(context.Request, body.ToArray());
            var part = body.Length > 0 ? JsonSerializer.Deserialize(body.ToArray(), ApiJson.Default.ImportRequest) : null;
            await (part is { Check: false, Rows.IsEmpty: false } ? OnPart(part, Pass) : Pass());
            context.Response.StatusCode = (int)answer!.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await context.Response.OutputStream.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
            context.Response.Close();
        }
        finally
        {
            answer?.Dispose();
            context.Response.Abort();
        }
    }

    private async Task<HttpResponseMessage> AskAsync(HttpListenerRequest asked, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(asked.HttpMethod), asked.RawUrl);
        request.Headers.Add(Names.KeyHeader, asked.Headers[Names.KeyHeader]);
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json") } };
        }

        return await _onward.SendAsync(request);
    }
}
