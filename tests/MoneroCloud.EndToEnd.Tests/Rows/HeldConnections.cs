using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>All the connections a wallet-rpc allows one address, each of them served and kept.</summary>
internal sealed class HeldConnections : IDisposable
{
    private const int Allowed = 25;

    private const string Body = """{"jsonrpc":"2.0","id":"0","method":"get_version"}""";

    private static readonly byte[] Request = Encoding.ASCII.GetBytes($"POST /json_rpc HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");

    private readonly List<TcpClient> _held = [];

    private HeldConnections()
    {
    }

    public static async Task<HeldConnections> TakeAsync(int port, CancellationToken cancellation)
    {
        var all = new HeldConnections();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (all._held.Count < Allowed)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            if (await IsServedAsync(connection, limit.Token))
            {
                all._held.Add(connection);
            }
            else
            {
                // One that was open before is not gone yet.
                connection.Dispose();
            }
        }

        return all;
    }

    public void Dispose() => _held.ForEach(c => c.Dispose());

    private static async Task<bool> IsServedAsync(TcpClient connection, CancellationToken cancellation)
    {
        try
        {
            await connection.GetStream().WriteAsync(Request, cancellation);
            return await connection.GetStream().ReadAsync(new byte[4096], cancellation) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
