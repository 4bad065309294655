using System.Net.Sockets;

namespace MoneroCloud.Agent;

/// <summary>Speaks to the running agent over its control socket.</summary>
internal sealed class ControlClient(string socketPath)
{
    /// <summary>The replies, the last of which is Done or Refused; null when no agent runs.</summary>
    public async Task<int?> AskAsync(ControlRequest request, Action<ControlReply> onReply, CancellationToken cancellation)
    {
        using var socket = TryConnect(socketPath, out var refusal);
        if (refusal is not null)
        {
            onReply(new ControlReply.Refused(refusal, 1));
            return 1;
        }

        if (socket is null)
        {
            return null;
        }

        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(ControlLine.Of(request), cancellation);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            switch (ControlLine.TryParseReply(line))
            {
                case ControlReply.Done done:
                    return done.Exit;
                case ControlReply.Refused refused:
                    onReply(refused);
                    return refused.Exit;
                case { } reply:
                    onReply(reply);
                    break;
            }
        }

        onReply(new ControlReply.Refused("the agent went away before it had answered", 1));
        return 1;
    }

    private static Socket? TryConnect(string path, out string? refusal)
    {
        refusal = null;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            refusal = e.SocketErrorCode == SocketError.AccessDenied ? $"the control socket {path} may not be opened by this user" : null;
            return null;
        }
    }
}
