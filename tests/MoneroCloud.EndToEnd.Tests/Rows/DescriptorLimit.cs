using System.Diagnostics;
using System.Globalization;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Leaves a process few descriptors more than it has; gives it back its limit when disposed.</summary>
internal sealed class DescriptorLimit : IDisposable
{
    private readonly int _pid;
    private readonly string _before;

    private DescriptorLimit(int pid, string before) => (_pid, _before) = (pid, before);

    /// <param name="spare">Descriptors it may still open.</param>
    public static DescriptorLimit Take(int pid, int spare)
    {
        var before = File.ReadLines($"/proc/{pid}/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        var used = Directory.GetFiles($"/proc/{pid}/fd").Select(f => int.Parse(Path.GetFileName(f), CultureInfo.InvariantCulture)).ToHashSet();
        var limit = Enumerable.Range(0, int.MaxValue).Where(n => !used.Contains(n)).ElementAt(spare);
        Set(pid, limit.ToString(CultureInfo.InvariantCulture));
        return new DescriptorLimit(pid, before);
    }

    public void Dispose() => Set(_pid, _before);

    private static void Set(int pid, string limit)
    {
        using var process = Process.Start("prlimit", ["--pid", $"{pid}", $"--nofile={limit}:"]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"prlimit ended with {process.ExitCode}");
        }
    }
}
