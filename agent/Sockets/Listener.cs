namespace MoneroCloud.Agent;

/// <summary>One listening TCP socket.</summary>
/// <param name="Inode">Names the socket: <c>socket:[inode]</c> among a process's descriptors.</param>
/// <param name="AcceptQueue">Connections that wait to be accepted.</param>
/// <param name="User">The uid that made it.</param>
/// <param name="IPv6Only">Of an IPv6 socket: it takes no IPv4 connections.</param>
internal readonly record struct Listener(HostAddress Address, int Port, uint Inode, int AcceptQueue, uint User, bool IPv6Only);
