namespace MoneroCloud.Testing;

/// <summary>What a <see cref="ScriptedHttpPeer"/> does with one connection. It is closed when the script has ended.</summary>
public delegate Task PeerScript(PeerConnection connection, CancellationToken cancellation);
