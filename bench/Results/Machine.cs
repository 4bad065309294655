using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>What it was measured on.</summary>
internal sealed record Machine(string Kernel, string System, string Cpu, int Cpus, long MemoryMebibytes)
{
    public static Machine Here() => new(
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        Value("/etc/os-release", "PRETTY_NAME=").Trim('"'),
        Value("/proc/cpuinfo", "model name").TrimStart('\t', ' ', ':'),
        Environment.ProcessorCount,
        long.Parse(Value("/proc/meminfo", "MemTotal:").Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024);

    private static string Value(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim() ?? "unknown";
}
