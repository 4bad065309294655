using System.Net;
using System.Net.Sockets;

namespace MoneroCloud.Testing;

/// <summary>A port of its own before a daemon's, which answers late, slowly or, while it is held, not at all. Nothing is lost or changed on the way.</summary>
public sealed class SlowDaemonProxy : IAsyncDisposable
{
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(20);

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly int _onward;
    private readonly Task _accepting;
    private long _passed;

    public SlowDaemonProxy(int onward)
    {
        _onward = onward;
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port { get; } = FreePort.Next();

    /// <summary>Before each answer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Of answers; null passes them on as they come.</summary>
    public int? BytesPerSecond { get; set; }

    /// <summary>Neither requests nor answers pass.</summary>
    public bool Held { get; set; }

    /// <summary>Bytes of answers that were passed on.</summary>
    public long Passed => Interlocked.Read(ref _passed);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(PassAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task PassAsync(Socket inward)
    {
        using var onward = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        using (inward)
        {
            inward.NoDelay = true;
            var turn = new Turn();
            try
            {
                await onward.ConnectAsync(IPAddress.Loopback, _onward, closed.Token);
                await Task.WhenAny(RequestsAsync(inward, onward, turn, closed.Token), AnswersAsync(onward, inward, turn, closed.Token));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One of the two is gone, or the proxy.
            }

            await closed.CancelAsync();
        }
    }

    private async Task RequestsAsync(Socket from, Socket to, Turn turn, CancellationToken cancellation)
    {
        var buffer = new byte[65_536];
        while (await from.ReceiveAsync(buffer, cancellation) is > 0 and var length)
        {
            await WhileHeldAsync(cancellation);
            turn.Answering = false;
            await SendAllAsync(to, buffer.AsMemory(0, length), cancellation);
        }
    }

    private async Task AnswersAsync(Socket from, Socket to, Turn turn, CancellationToken cancellation)
    {
        var buffer = new byte[65_536];
        while (await from.ReceiveAsync(buffer, cancellation) is > 0 and var length)
        {
            if (!turn.Answering)
            {
                turn.Answering = true;
                await Task.Delay(Delay, TimeProvider.System, cancellation);
            }

            for (var sent = 0; sent < length;)
            {
                await WhileHeldAsync(cancellation);
                var piece = BytesPerSecond is { } rate ? Math.Min(length - sent, Math.Max(1, (int)(rate * Piece.TotalSeconds))) : length - sent;
                await SendAllAsync(to, buffer.AsMemory(sent, piece), cancellation);
                sent += piece;
                Interlocked.Add(ref _passed, piece);
                if (BytesPerSecond is not null)
                {
                    await Task.Delay(Piece, TimeProvider.System, cancellation);
                }
            }
        }
    }

    private async Task WhileHeldAsync(CancellationToken cancellation)
    {
        while (Held)
        {
            await Task.Delay(Nap, TimeProvider.System, cancellation);
        }
    }

    private static async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, cancellation)..];
        }
    }

    /// <summary>Whether the answer to the last request has begun.</summary>
    private sealed class Turn
    {
        public volatile bool Answering;
    }
}
