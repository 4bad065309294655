using System.Net.Sockets;
using System.Text;
using MoneroCloud.Testing;

namespace MoneroCloud.Bench.Traces;

/// <summary>Always has one <c>get_version</c> under way, without a deadline, on a connection of its own: how long each waits is how long the RPC was deaf.</summary>
internal static class DeafProbe
{
    private const long Prompt = 100;

    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(int port, Func<long> now, Action<TraceLine> add, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var asked = now();
            try
            {
                await AskAsync(port, cancellation);
            }
            catch (OperationCanceledException)
            {
                if (now() - asked > Prompt)
                {
                    add(new TraceLine { T = asked, Deaf = -1 });
                }

                return;
            }
            catch (Exception refused) when (refused is SocketException or IOException)
            {
                // Nobody listens yet, or it was reset: asked again below.
                await Task.Delay(Gap, TimeProvider.System, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            if (now() - asked is var waited and > Prompt)
            {
                add(new TraceLine { T = asked, Deaf = waited });
            }

            await Task.Delay(Gap, TimeProvider.System, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task AskAsync(int port, CancellationToken cancellation)
    {
        const string Body = """{"jsonrpc":"2.0","id":"0","method":"get_version"}""";
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(System.Net.IPAddress.Loopback, port, cancellation);
        var stream = client.GetStream();
        var request = $"POST /json_rpc HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancellation);
        if (await stream.ReadAsync(new byte[4096], cancellation) == 0)
        {
            throw new IOException("closed without an answer");
        }
    }
}
