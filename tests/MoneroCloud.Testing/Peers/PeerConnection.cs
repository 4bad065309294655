using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MoneroCloud.Testing;

/// <summary>One connection of a <see cref="ScriptedHttpPeer"/>.</summary>
public sealed class PeerConnection(Socket socket, Action<PeerRequest> note) : IDisposable
{
    private readonly NetworkStream stream = new(socket, ownsSocket: true);

    /// <summary>The bytes themselves, for what is no HTTP.</summary>
    public Stream Stream => stream;

    /// <summary>Reads one request to its end, by its Content-Length.</summary>
    public async Task<PeerRequest> ReadRequestAsync(CancellationToken cancellation)
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((await ReadAsync(1, cancellation))[0]);
        }

        var request = new PeerRequest(head.ToString(), "");
        var length = int.Parse(request.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);
        request = request with { Body = await ReadAsync(length, cancellation) };
        note(request);
        return request;
    }

    public Task SendAsync(string text, CancellationToken cancellation) => SendAsync(Encoding.Latin1.GetBytes(text), cancellation);

    public async Task SendAsync(byte[] bytes, CancellationToken cancellation) => await stream.WriteAsync(bytes, cancellation);

    /// <summary>Waits until the other side closes, reading whatever it sends.</summary>
    public async Task WaitForCloseAsync(CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, cancellation) > 0)
        {
        }
    }

    /// <summary>Closes with RST instead of FIN.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public void Dispose() => stream.Dispose();

    private async Task<string> ReadAsync(int length, CancellationToken cancellation)
    {
        var buffer = new byte[length];
        await stream.ReadExactlyAsync(buffer, cancellation);
        return Encoding.UTF8.GetString(buffer);
    }
}
