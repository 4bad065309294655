namespace MoneroCloud.Agent;

/// <summary>Programs that hold a port only to forward it into a container: not the process behind it.</summary>
internal static class PortForwarders
{
    // As comm shows them, at most 15 characters.
    private static readonly string[] Names = ["docker-proxy", "rootlessport", "rootlesskit", "slirp4netns", "pasta", "pasta.avx2", "systemd-socket-"];

    public static bool Is(string? name) => Names.Contains(name);
}
