using System.Text;

namespace MoneroCloud.Agent;

/// <summary>The kernel's id of this boot: a uuid in lower case.</summary>
internal static class BootId
{
    private const string File = "/proc/sys/kernel/random/boot_id";

    private static readonly Lazy<string> Read = new(() =>
    {
        Span<byte> text = stackalloc byte[64];
        var length = ProcPath.Of(File).Read(text);
        return length < 0
            ? throw new IOException($"cannot read {File}: {Errno.Last}")
            : Encoding.ASCII.GetString(text[..length]).Trim();
    });

    /// <exception cref="IOException">No /proc: nothing of the agent works.</exception>
    internal static string Current => Read.Value;
}
