namespace MoneroCloud.Agent;

/// <summary>One established TCP connection, seen from our side.</summary>
/// <param name="SinceSent">Since data was last sent; exact to the kernel's tick (1 to 10 ms).</param>
/// <param name="SinceReceived">Since data was last received; as long as the connection lives when none ever was.</param>
internal readonly record struct Connection(HostAddress Remote, int RemotePort, uint Inode, TimeSpan SinceSent, TimeSpan SinceReceived)
{
    /// <summary>Bytes that the other side has acknowledged; 0 when the kernel does not tell.</summary>
    internal ulong Acknowledged { get; init; }

    /// <summary>Bytes received.</summary>
    internal ulong Received { get; init; }

    /// <summary>
    /// Something was sent after the last thing received: an answer is owed. On a new connection both times are that of its opening, so a
    /// request that was taken and never answered shows in the bytes.
    /// </summary>
    internal bool AnswerOwed => SinceSent < SinceReceived || (Acknowledged > 1 && Received == 0);
}
