using System.Buffers;
using System.Buffers.Binary;
using System.Security.Principal;
using Amqp;
using Amqp.Listener;

namespace MoneroCloud.Functions;

/// <summary>One logged-in connection's bytes, frame by frame through the gate, and not faster than the broker's loop works.</summary>
internal sealed class BrokerTransport(Stream stream, BrokerPeer peer, FrameGate gate, BrokerLoop loop, Action<BrokerTransport> closed) : IAsyncTransport, IAuthenticated
{
    private readonly byte[] _size = new byte[4];
    private byte[] _frame = [];
    private int _at;
    private int _end;
    private bool _pastHeader;
    private int _closed;

    /// <summary>What a connection begins with after the login. The handshake has read it.</summary>
    public static ReadOnlySpan<byte> Header => "AMQP\0\u0001\0\0"u8;

    public BrokerPeer Peer => peer;

    public IPrincipal Principal => peer;

    /// <summary>In the flow that the library handles at this moment; for the thread that handles it.</summary>
    public uint? LastLimit => gate.LastLimit;

    public void SetConnection(Connection connection) => peer.Connection = connection;

    public async Task<int> ReceiveAsync(byte[] buffer, int offset, int count)
    {
        if (_at == _end && !await FillAsync())
        {
            return 0;
        }

        var length = Math.Min(count, _end - _at);
        _frame.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
        _at += length;
        return length;
    }

    public async Task SendAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        if (bufferList is [var single])
        {
            await stream.WriteAsync(single.Buffer.AsMemory(single.Offset, single.Length));
            return;
        }

        var together = ArrayPool<byte>.Shared.Rent(listSize);
        var length = 0;
        foreach (var part in bufferList)
        {
            part.Buffer.AsSpan(part.Offset, part.Length).CopyTo(together.AsSpan(length));
            length += part.Length;
        }

        await stream.WriteAsync(together.AsMemory(0, length));
        ArrayPool<byte>.Shared.Return(together);
    }

    public void Send(ByteBuffer buffer) => throw new NotSupportedException();

    public int Receive(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            stream.Dispose();
            closed(this);
        }
    }

    private async ValueTask<bool> FillAsync()
    {
        if (!_pastHeader)
        {
            _pastHeader = true;
            _frame = Header.ToArray();
            (_at, _end) = (0, _frame.Length);
            return true;
        }

        await loop.RoomAsync();
        if (await stream.ReadAtLeastAsync(_size, _size.Length, throwOnEndOfStream: false) < _size.Length)
        {
            return false;
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(_size);
        if (!gate.IsSize(size))
        {
            throw new InvalidDataException($"a frame of {size} bytes from {peer}");
        }

        return await ReadAsync((int)size, _size.Length) &&
            (gate.Admits(_frame.AsSpan(0, (int)size)) ? true : throw new InvalidDataException($"a frame that is not well-formed from {peer}"));
    }

    private async ValueTask<bool> ReadAsync(int size, int have)
    {
        if (_frame.Length < size)
        {
            // The library has taken all of the one before.
            _frame = new byte[Math.Max(512, size)];
        }

        _size.AsSpan(0, have).CopyTo(_frame);
        var whole = await stream.ReadAtLeastAsync(_frame.AsMemory(have, size - have), size - have, throwOnEndOfStream: false) == size - have;
        (_at, _end) = (0, whole ? size : 0);
        return whole;
    }
}
