using System.Net;
using Microsoft.AspNetCore.Connections;

namespace MoneroCloud.Functions;

/// <summary>
/// So many connections of one address at once: whoever opens all he can, or lets each of them drip, leaves the rest of the server's room to others. What it
/// remembers is bounded by the connections that are open.
/// </summary>
internal sealed partial class ConnectionLimit(int most, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private long? _toldAt;

    public async Task InvokeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = ClientAddress.Of((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);
        if (!Enter(address))
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(address);
        }
    }

    private bool Enter(IPAddress address)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(address);
            if (open < most)
            {
                _open[address] = open + 1;
                return true;
            }

            if (_toldAt is { } told && time.GetElapsedTime(told) < Apart)
            {
                return false;
            }

            _toldAt = time.GetTimestamp();
        }

        Log.Full(log, address, most);
        return false;
    }

    private void Leave(IPAddress address)
    {
        lock (_lock)
        {
            if (--_open[address] == 0)
            {
                _open.Remove(address);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Address} has {Most} connections open: its next ones are closed at once; this is told once a minute")]
        public static partial void Full(ILogger log, IPAddress address, int most);
    }
}
