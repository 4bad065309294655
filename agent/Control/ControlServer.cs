using System.Net.Sockets;
using System.Text;

namespace MoneroCloud.Agent;

/// <summary>
/// The unix socket <c>control.sock</c> in the state folder, 0660: one JSON line a request, the answer streamed as JSON lines.
/// Root, the agent's user and members of its group may speak; anybody else is told so.
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private const int LongestRequest = 4096;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly ControlDesk _desk;
    private readonly AgentLog _log;
    private readonly Socket _listener;
    private readonly string _path;
    private readonly Task _accepting;
    private readonly List<Task> _talking = [];
    private volatile bool _closing;

    /// <exception cref="IOException">The socket cannot be made, with the path and the reason.</exception>
    public ControlServer(string path, ControlDesk desk, AgentLog log)
    {
        (_path, _desk, _log) = (path, desk, log);
        _listener = Listen(path);
        _accepting = Task.Run(AcceptAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _closing = true;
        _listener.Dispose();
        await _accepting;
        await LastWordsAsync();
        await _stop.CancelAsync();
        File.Delete(_path);
        _stop.Dispose();
    }

    // Whoever asked for the end hears how it went; a stream that never ends does not hold us.
    private async Task LastWordsAsync()
    {
        Task[] talking;
        lock (_talking)
        {
            talking = [.. _talking];
        }

        await Task.WhenAny(Task.WhenAll(talking), Task.Delay(LastWords, TimeProvider.System));
    }

    private void Track(Task conversation)
    {
        lock (_talking)
        {
            _talking.RemoveAll(t => t.IsCompleted);
            _talking.Add(conversation);
        }
    }

    private static Socket Listen(string path)
    {
        // The state folder's lock is ours, so whoever made the old socket is gone.
        File.Delete(path);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
            listener.Listen(16);
            return listener;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            listener.Dispose();
            throw new IOException($"cannot listen on the control socket {path}: {e.Message}", e);
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptAsync(_stop.Token);
                Track(ServeAsync(client));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e) when (!_closing)
            {
                _log.Bug("control", "accept a connection", e);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    // Observes itself: whatever happens to one client is that client's affair.
    private async Task ServeAsync(Socket client)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        await using var stream = new NetworkStream(client, ownsSocket: true);
        try
        {
            var caller = PeerCredentials.Of(client);
            var line = await ReadLineAsync(stream, gone.Token);
            var watch = WatchForHangupAsync(stream, gone);
            await foreach (var reply in AnswerAsync(line, caller, gone.Token))
            {
                await stream.WriteAsync(ControlLine.Of(reply), gone.Token);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or the agent does.
        }
        catch (Exception bug)
        {
            _log.Bug("control", "answer a request", bug);
        }
        finally
        {
            await gone.CancelAsync();
        }
    }

    private async IAsyncEnumerable<ControlReply> AnswerAsync(string? line, PeerCredentials caller, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!caller.MayControl())
        {
            yield return new ControlReply.Refused($"uid {caller.User} may not control this agent: only root, its own user and its group may", 1);
            yield break;
        }

        if (ControlLine.TryParse(line) is not { } request)
        {
            yield return new ControlReply.Refused($"not a request: one JSON line of at most {LongestRequest} bytes with a known verb", 2);
            yield break;
        }

        await foreach (var reply in _desk.AnswerAsync(request, UserName.Of(caller.User), cancellation))
        {
            yield return reply;
        }
    }

    private static async Task<string?> ReadLineAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var buffer = new byte[LongestRequest];
        for (var filled = 0; filled < buffer.Length;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellation);
            var end = Array.IndexOf(buffer, (byte)'\n', filled, read);
            filled += read;
            if (end >= 0 || read == 0)
            {
                return Encoding.UTF8.GetString(buffer, 0, end >= 0 ? end : filled);
            }
        }

        return null;
    }

    private static async Task WatchForHangupAsync(NetworkStream stream, CancellationTokenSource gone)
    {
        try
        {
            var one = new byte[1];
            while (await stream.ReadAsync(one, gone.Token) > 0)
            {
                // Nothing more is expected; only the end matters.
            }

            await gone.CancelAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Served.
        }
    }
}
