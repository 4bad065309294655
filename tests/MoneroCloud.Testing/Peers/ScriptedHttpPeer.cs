using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace MoneroCloud.Testing;

/// <summary>
/// A TCP server that plays raw bytes: what a real node never does, or only once in a blue moon. Each connection runs one script, the
/// first connection the first one, and the last script is played for all that follow.
/// </summary>
public sealed class ScriptedHttpPeer : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly PeerScript[] scripts;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<PeerRequest> requests = new();
    private readonly Channel<PeerRequest> arrivals = Channel.CreateUnbounded<PeerRequest>();
    private readonly Channel<int> closings = Channel.CreateUnbounded<int>();
    private readonly Task accepting;
    private int connections;

    private ScriptedHttpPeer(int port, PeerScript[] scripts)
    {
        this.scripts = scripts;
        Port = port;
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Requests read so far by the scripts.</summary>
    public IReadOnlyCollection<PeerRequest> Requests => requests;

    public static ScriptedHttpPeer Start(params PeerScript[] scripts) => new(FreePort.Next(), scripts);

    /// <summary>On a port that is known before: a node that answers, or answers again.</summary>
    public static ScriptedHttpPeer Start(int port, params PeerScript[] scripts) => new(port, scripts);

    /// <summary>The next request that a script reads.</summary>
    public ValueTask<PeerRequest> NextRequestAsync(CancellationToken cancellation) => arrivals.Reader.ReadAsync(cancellation);

    /// <summary>Waits until a connection has ended, by its script or by the other side, and gives its number from 1.</summary>
    public ValueTask<int> NextClosingAsync(CancellationToken cancellation) => closings.Reader.ReadAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await accepting;
        listener.Stop();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var playing = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(end.Token);
                var number = Interlocked.Increment(ref connections);
                playing.Add(PlayAsync(socket, number));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(playing);
        }
    }

    private async Task PlayAsync(Socket socket, int number)
    {
        using var connection = new PeerConnection(socket, Note);
        try
        {
            await scripts[Math.Min(number, scripts.Length) - 1](connection, end.Token);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side had enough, or the test is over.
        }

        connection.Dispose();
        closings.Writer.TryWrite(number);
    }

    private void Note(PeerRequest request)
    {
        requests.Enqueue(request);
        arrivals.Writer.TryWrite(request);
    }
}
