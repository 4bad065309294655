namespace MoneroCloud.Agent;

/// <summary>One TCP connection that is established or being opened, seen from our side.</summary>
/// <param name="LocalPort">On a connection that a server accepted, the port it listens on.</param>
/// <param name="SinceSent">Since data was last sent; exact to the kernel's tick (1 to 10 ms).</param>
/// <param name="SinceReceived">Since data was last received; as long as the connection lives when none ever was.</param>
internal readonly record struct Connection(HostAddress Remote, int LocalPort, int RemotePort, uint Inode, TimeSpan SinceSent, TimeSpan SinceReceived)
{
    /// <summary>Bytes that the other side has acknowledged; 0 when the kernel does not tell.</summary>
    internal ulong Acknowledged { get; init; }

    /// <summary>Bytes received.</summary>
    internal ulong Received { get; init; }

    /// <summary>The other side has not answered the opening yet: it is away, or its accept queue is full. Both times mean nothing then.</summary>
    internal bool Opening { get; init; }

    /// <summary>How often its opening was asked for again; each but the first few after twice the time of the one before, none after less than a second.</summary>
    internal uint OpeningRepeats { get; init; }

    /// <summary>How long the other side has owed its answer; of an opening, at least so long.</summary>
    internal TimeSpan OwedFor => Opening ? TimeSpan.FromSeconds(OpeningRepeats) : SinceReceived;

    /// <summary>
    /// Something was sent after the last thing received: an answer is owed. On a new connection both times are that of its opening, so a
    /// request that was taken and never answered shows in the bytes. Who still connects waits as well.
    /// </summary>
    internal bool AnswerOwed => Opening || SinceSent < SinceReceived || (Acknowledged > 1 && Received == 0);
}
