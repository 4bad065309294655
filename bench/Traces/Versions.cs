using System.Diagnostics;

namespace MoneroCloud.Bench.Traces;

/// <summary>What a trace was recorded with and on.</summary>
internal static class Versions
{
    public static async Task<string> HereAsync(CancellationToken cancellation) =>
        $"{await OfAsync("monero-wallet-rpc", cancellation)}; {await OfAsync("monerod", cancellation)}";

    /// <summary>The class of machine: cores, processor and kernel, nothing that names it.</summary>
    public static string Machine()
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Split('-')[0].Trim();
        return $"{Environment.ProcessorCount} cores ({processor ?? "unknown"}), Linux {kernel}";
    }

    private static async Task<string> OfAsync(string program, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} cannot be started");
        var text = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return $"{program} {text.Split('(', 2)[^1].Split(')')[0]}";
    }
}
