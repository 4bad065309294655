using System.IO.Compression;
using System.IO.Pipelines;

namespace MoneroCloud.Functions;

/// <summary>A body too large for one piece of memory; it is sent once.</summary>
/// <param name="From">All of it is there.</param>
/// <param name="Length">Bytes.</param>
internal sealed record StreamedText(PipeReader From, long Length)
{
    /// <summary>It is sent as gzip.</summary>
    public bool Packed { get; init; }

    public async Task WriteAsync(HttpContext context)
    {
        try
        {
            await SendAsync(context.Response, HttpMethods.IsHead(context.Request.Method), context.RequestAborted);
        }
        finally
        {
            await From.CompleteAsync();
        }
    }

    private async Task SendAsync(HttpResponse response, bool isHead, CancellationToken cancellation)
    {
        if (!Packed)
        {
            response.ContentLength = Length;
        }
        else
        {
            response.Headers.ContentEncoding = "gzip";
        }

        if (isHead)
        {
            return;
        }

        if (!Packed)
        {
            await From.CopyToAsync(response.Body, cancellation);
            return;
        }

        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await From.CopyToAsync(gzip, cancellation);
    }
}
