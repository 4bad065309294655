using System.ComponentModel;

namespace MoneroCloud.Agent;

/// <summary>
/// Asks the kernel about TCP sockets (sock_diag(7)); any user may. Not for several threads: one owner, one buffer.
/// What it costs grows with the sockets of the state asked for, not with the machine's memory as /proc/net/tcp does.
/// </summary>
internal sealed unsafe class SockDiag : IDisposable
{
    private const int Netlink = 16;
    private const int Raw = 3;
    private const int CloseOnExec = 0x80000;
    private const int Family = 4;
    private const int SocketLevel = 1;
    private const int ReceiveTimeout = 20;

    private const uint Established = 1 << 1;
    private const uint SynSent = 1 << 2;
    private const uint Listening = 1 << 10;

    // A dump that the table's changes interrupt is asked for again this often, then taken as it is.
    private const int Attempts = 4;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
    private int _socket = -1;
    private uint _sequence;

    /// <summary>Fills in the listening sockets, IPv4 and IPv6. What the list held is gone.</summary>
    /// <param name="port">Only those on this port: the kernel passes over the others. 0 for all.</param>
    /// <returns>False, and why, when the kernel did not answer (no sock_diag, no memory).</returns>
    internal bool TryListeners(List<Listener> into, out Errno error, int port = 0)
    {
        return TryAsk(into, Listening, port, 0, withInfo: false, static (in DiagMessage m) => m.ToListener(), out error);
    }

    /// <summary>Fills in the connections that are established or being opened, IPv4 and IPv6.</summary>
    /// <param name="remotePort">Only those to this port; 0 for all.</param>
    internal bool TryConnections(List<Connection> into, out Errno error, int remotePort = 0)
    {
        return TryAsk(into, Established | SynSent, 0, remotePort, withInfo: true, static (in DiagMessage m) => m.ToConnection(), out error);
    }

    public void Dispose() => CloseSocket();

    private bool TryAsk<T>(List<T> into, uint states, int localPort, int remotePort, bool withInfo, DiagMessage.Reader<T> read, out Errno error)
    {
        for (var attempt = 1; ; attempt++)
        {
            into.Clear();
            var interrupted = false;
            try
            {
                Dump(DiagMessage.IPv4, states, localPort, remotePort, withInfo, into, read, ref interrupted);
                Dump(DiagMessage.IPv6, states, localPort, remotePort, withInfo, into, read, ref interrupted);
            }
            catch (Win32Exception refused)
            {
                // An answer may be left half read: begin anew.
                CloseSocket();
                error = new Errno(refused.NativeErrorCode);
                return false;
            }

            if (!interrupted || attempt == Attempts)
            {
                error = Errno.None;
                return true;
            }
        }
    }

    private void Dump<T>(byte family, uint states, int localPort, int remotePort, bool withInfo, List<T> into, DiagMessage.Reader<T> read, ref bool interrupted)
    {
        Open();
        fixed (byte* buffer = _buffer)
        {
            var length = DiagMessage.WriteRequest(_buffer, ++_sequence, family, states, localPort, remotePort, withInfo);
            Require(LibC.Send(_socket, buffer, (nuint)length, 0));
            while (true)
            {
                var count = LibC.Receive(_socket, buffer, (nuint)_buffer.Length, 0);
                if (count < 0 && Errno.Last == Errno.Interrupted)
                {
                    continue;
                }

                Require(count);
                if (DiagMessage.ReadAll(_buffer.AsSpan(0, (int)count), _sequence, into, read, ref interrupted))
                {
                    return;
                }
            }
        }
    }

    private void Open()
    {
        if (_socket >= 0)
        {
            return;
        }

        _socket = (int)Require(LibC.Socket(Netlink, Raw | CloseOnExec, Family));

        // The kernel answers at once; a second is only so that nothing ever waits for ever.
        var oneSecond = stackalloc long[2] { 1, 0 };
        Require(LibC.SetSocketOption(_socket, SocketLevel, ReceiveTimeout, oneSecond, 2 * sizeof(long)));
    }

    private void CloseSocket()
    {
        if (_socket >= 0)
        {
            _ = LibC.Close(_socket);
            _socket = -1;
        }
    }

    private static nint Require(nint result) => result >= 0 ? result : throw new Win32Exception(Errno.Last.Number);
}
