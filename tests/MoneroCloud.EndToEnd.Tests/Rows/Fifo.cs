using System.Diagnostics;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A named pipe. Whoever opens it to read waits until somebody opens it to write: a real wait for ever, in a real process.</summary>
internal static class Fifo
{
    public static string Make(string folder, string name)
    {
        var file = Path.Combine(folder, name);
        using var process = Process.Start("mkfifo", [file]);
        process.WaitForExit();
        return process.ExitCode == 0 ? file : throw new InvalidOperationException($"mkfifo {file} ended with {process.ExitCode}");
    }

    /// <summary>Lets go on who waits to read it: there is nothing in it.</summary>
    public static void Release(string file) => File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
}
