using System.Net;
using System.Net.Sockets;

namespace MoneroCloud.Bench;

/// <summary>The same four checks with bare sockets: about the least that any program can do. The floor beside the contestants.</summary>
internal static class PlainChecks
{
    private static readonly TimeSpan ApiPatience = TimeSpan.FromSeconds(3);

    public static FourChecks Make(string needle)
    {
        var mark = System.Text.Encoding.UTF8.GetBytes(needle);
        return new FourChecks(
            "bare sockets (floor)",
            (target, _) => ValueTask.FromResult(IsRunning(target, mark)),
            (target, _) => ValueTask.FromResult(IsOpen(target)),
            (target, _) => ValueTask.FromResult(RpcProbe.Answers(target.Port, ApiPatience)),
            (target, _) => ValueTask.FromResult(
                IsRunning(target, mark) && IsOpen(target) && RpcProbe.Answers(target.Port, ApiPatience)));
    }

    private static bool IsRunning(CheckTarget target, byte[] mark)
    {
        Span<byte> buffer = stackalloc byte[4096];
        return ProcFile.Read(target.Pid, "/cmdline"u8, buffer).IndexOf(mark) >= 0;
    }

    private static bool IsOpen(CheckTarget target)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, target.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
