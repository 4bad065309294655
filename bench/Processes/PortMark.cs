using System.Buffers.Text;

namespace MoneroCloud.Bench;

/// <summary>A child is told by the port on its command line: each has its own, and every supervisor passes it on.</summary>
internal static class PortMark
{
    public const string Option = "--rpc-bind-port";

    private static readonly byte[] Name = "--rpc-bind-port"u8.ToArray();

    /// <summary>Reads it from the text of /proc/PID/cmdline; a run script or a supervisor that has not yet called exec has none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> commandLine, out int port)
    {
        port = 0;
        var at = commandLine.IndexOf(Name);
        return at >= 0
            && commandLine.Length > at + Name.Length
            && commandLine[at + Name.Length] is 0 or (byte)'='
            && Utf8Parser.TryParse(commandLine[(at + Name.Length + 1)..], out port, out _);
    }
}
