using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MoneroCloud.Testing;

/// <summary>
/// Stands before a real mail server and passes everything on, but for what it is told to do at one of the steps of a mail: so a test can end
/// the sender in the middle of a mail, after the final dot, or before it hears the answer. In clear; without pipelining.
/// </summary>
public sealed class SmtpFront : IAsyncDisposable
{
    private static readonly byte[] End = "\r\n.\r\n"u8.ToArray();

    private readonly int _server;
    private readonly Func<SmtpStep, ValueTask<SmtpAct>> _act;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;

    private SmtpFront(int server, Func<SmtpStep, ValueTask<SmtpAct>> act)
    {
        (_server, _act) = (server, act);
        Port = FreePort.Next();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _running = AcceptAsync();
    }

    public int Port { get; }

    /// <param name="server">The port of the real server on this machine.</param>
    /// <param name="act">What to do at each step.</param>
    public static SmtpFront Start(int server, Func<SmtpStep, ValueTask<SmtpAct>> act) => new(server, act);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _running;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var sender = client;
        using var server = new TcpClient();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server, ended.Token);
            var session = new Session(sender.GetStream(), server.GetStream(), _act);
            if (await session.PassesAsync(SmtpStep.Connected))
            {
                await Task.WhenAny(session.UpAsync(ended.Token), session.DownAsync(ended.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // One of the two has gone.
        }

        await ended.CancelAsync();
    }

    private sealed class Session(NetworkStream client, NetworkStream server, Func<SmtpStep, ValueTask<SmtpAct>> act)
    {
        private readonly List<byte> _mail = [];
        private volatile bool _asked;
        private volatile bool _inMail;
        private volatile bool _dotted;

        public async Task<bool> PassesAsync(SmtpStep step)
        {
            switch (await act(step))
            {
                case SmtpAct.Say say:
                    await client.WriteAsync(Encoding.ASCII.GetBytes(say.Line + "\r\n"));
                    return false;
                case SmtpAct.Dropped:
                    return false;
                default:
                    return true;
            }
        }

        public async Task UpAsync(CancellationToken cancellation)
        {
            var buffer = new byte[16 * 1024];
            while (await ReadAsync(client, buffer, cancellation) is > 0 and var length)
            {
                if (!await MayPassAsync(buffer.AsMemory(0, length)))
                {
                    return;
                }

                await server.WriteAsync(buffer.AsMemory(0, length), cancellation);
            }
        }

        public async Task DownAsync(CancellationToken cancellation)
        {
            var buffer = new byte[16 * 1024];
            while (await ReadAsync(server, buffer, cancellation) is > 0 and var length)
            {
                var taken = _dotted;
                if (taken && !await PassesAsync(SmtpStep.Taken))
                {
                    return;
                }

                (_inMail, _asked, _dotted) = (_inMail || (_asked && buffer.AsSpan(0, length).StartsWith("354"u8)), false, false);
                await client.WriteAsync(buffer.AsMemory(0, length), cancellation);
                if (taken && !await PassesAsync(SmtpStep.Answered))
                {
                    return;
                }
            }
        }

        private async Task<bool> MayPassAsync(ReadOnlyMemory<byte> sent)
        {
            if (!_inMail)
            {
                _asked = sent.Span.StartsWith("DATA\r\n"u8);
                return !_asked || await PassesAsync(SmtpStep.Data);
            }

            var first = _mail.Count == 0;
            _mail.AddRange(sent.Span);
            if (first && !await PassesAsync(SmtpStep.Body))
            {
                return false;
            }

            if (_mail.Count < End.Length || !_mail[^End.Length..].SequenceEqual(End))
            {
                return true;
            }

            _mail.Clear();
            (_inMail, _dotted) = (false, true);
            return await PassesAsync(SmtpStep.Dot);
        }

        private static async Task<int> ReadAsync(NetworkStream stream, byte[] buffer, CancellationToken cancellation)
        {
            try
            {
                return await stream.ReadAsync(buffer, cancellation);
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }
}
