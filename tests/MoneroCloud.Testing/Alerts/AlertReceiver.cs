using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MoneroCloud.Testing;

/// <summary>
/// A real HTTP server that receives alerts and answers as told: request by request as <see cref="Then"/> says, and after that as
/// <see cref="Answer"/>. It keeps whatever it was sent.
/// </summary>
public sealed class AlertReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<ReceivedPost> _posts = [];
    private readonly ConcurrentQueue<PostAnswer> _script = [];
    private readonly CancellationTokenSource _end = new();

    private AlertReceiver(int port, X509Certificate2? certificate)
    {
        (Port, Scheme) = (port, certificate is null ? "http" : "https");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        _server = builder.Build();
        _server.Run(ReceiveAsync);
    }

    public int Port { get; }

    public string Scheme { get; }

    public Uri Address => new($"{Scheme}://127.0.0.1:{Port}/");

    /// <summary>In the order in which they came to their end.</summary>
    public IReadOnlyCollection<ReceivedPost> Posts => _posts;

    /// <summary>What it does when nothing is scripted.</summary>
    public PostAnswer Answer { get; set; } = PostAnswer.Accepted;

    /// <summary>Asked with each request before anything is answered; null: as scripted.</summary>
    public Func<ReceivedPost, ValueTask<PostAnswer?>>? Decide { get; set; }

    /// <param name="port">A free one when it is null.</param>
    /// <param name="certificate">With its key; null: it speaks no TLS.</param>
    public static async Task<AlertReceiver> StartAsync(int? port = null, X509Certificate2? certificate = null)
    {
        var receiver = new AlertReceiver(port ?? FreePort.Next(), certificate);
        await receiver._server.StartAsync();
        return receiver;
    }

    /// <summary>One after the other, a request each.</summary>
    public void Then(params ReadOnlySpan<PostAnswer> answers)
    {
        foreach (var answer in answers)
        {
            _script.Enqueue(answer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _server.DisposeAsync();
        _end.Dispose();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, _end.Token);
        var post = new ReceivedPost(
            $"{context.Request.Path}{context.Request.QueryString}",
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        _posts.Enqueue(post);
        var decided = Decide is { } decide ? await decide(post) : null;
        await AnswerAsync(decided ?? (_script.TryDequeue(out var next) ? next : Answer), context);
    }

    private async Task AnswerAsync(PostAnswer answer, HttpContext context)
    {
        switch (answer)
        {
            case PostAnswer.Status status:
                context.Response.StatusCode = status.Code;
                foreach (var (name, value) in status.Headers)
                {
                    context.Response.Headers[name] = value;
                }

                await context.Response.WriteAsync(status.Body, _end.Token);
                break;
            case PostAnswer.Silent silent:
                await WaitAsync(silent.For ?? Timeout.InfiniteTimeSpan, context);
                break;
            case PostAnswer.HeadOnly head:
                context.Response.StatusCode = head.Code;
                await context.Response.StartAsync(_end.Token);
                await context.Response.Body.FlushAsync(_end.Token);
                await WaitAsync(Timeout.InfiniteTimeSpan, context);
                break;
            default:
                context.Abort();
                break;
        }
    }

    private async Task WaitAsync(TimeSpan time, HttpContext context)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _end.Token);
        try
        {
            await Task.Delay(time, TimeProvider.System, gone.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}
