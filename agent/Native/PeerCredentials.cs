using System.Collections.Immutable;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MoneroCloud.Agent;

/// <summary>Who connected to a unix socket: as the kernel noted it at the connect, so it cannot be forged or raced.</summary>
/// <param name="Groups">The supplementary groups.</param>
internal sealed record PeerCredentials(int Pid, uint User, uint Group, ImmutableArray<uint> Groups)
{
    private const int SocketLevel = 1;
    private const int PeerCred = 17;
    private const int PeerGroups = 59;

    // NGROUPS_MAX.
    private const int MaxGroups = 65536;

    /// <exception cref="SocketException">It is no connected unix socket.</exception>
    internal static PeerCredentials Of(Socket socket)
    {
        Span<int> who = stackalloc int[3];
        socket.GetRawSocketOption(SocketLevel, PeerCred, MemoryMarshal.AsBytes(who));
        return new PeerCredentials(who[0], (uint)who[1], (uint)who[2], GroupsOf(socket));
    }

    /// <summary>Root, the agent's own user, or a member of the agent's group may give orders.</summary>
    internal bool MayControl(uint ownUser, uint ownGroup) =>
        User == 0 || User == ownUser || Group == ownGroup || Groups.Contains(ownGroup);

    /// <inheritdoc cref="MayControl(uint, uint)"/>
    internal bool MayControl() => MayControl(LibC.EffectiveUser(), LibC.EffectiveGroup());

    private static ImmutableArray<uint> GroupsOf(Socket socket)
    {
        var groups = new uint[MaxGroups];
        try
        {
            var bytes = socket.GetRawSocketOption(SocketLevel, PeerGroups, MemoryMarshal.AsBytes(groups.AsSpan()));
            return [.. groups.AsSpan(0, bytes / sizeof(uint))];
        }
        catch (SocketException)
        {
            // A peer without any: the option then has no value.
            return [];
        }
    }
}
