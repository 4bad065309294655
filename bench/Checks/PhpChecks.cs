using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>The original's four checks in one PHP process, which measures itself.</summary>
internal sealed class PhpChecks : IContestant, IDisposable
{
    private readonly Process process;

    public PhpChecks(RunFolder folder, IReadOnlyList<CheckTarget> targets, string needle)
    {
        var file = Path.Combine(folder.Path, "nodes.json");
        var nodes = new JsonArray([.. targets.Select(t => new JsonObject { ["pid"] = t.Pid, ["port"] = t.Port, ["needle"] = needle })]);
        File.WriteAllText(file, nodes.ToJsonString());
        process = Process.Start(new ProcessStartInfo("php", [RunFolder.Peer("checks.php"), file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new BenchException("php did not start");
    }

    public string Who => "PHP, as the original";

    public async Task<CheckBlock> RunAsync(
        IReadOnlyList<CheckTarget> targets, string method, int rounds, CancellationToken cancellation)
    {
        await process.StandardInput.WriteLineAsync($"{method} {rounds}".AsMemory(), cancellation);
        await process.StandardInput.FlushAsync(cancellation);
        var line = await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new BenchException("php ended");
        var answer = JsonSerializer.Deserialize(line, BenchJson.Default.PhpAnswer)!;
        return new CheckBlock(Who, method, answer.Failed, answer.CpuMicroseconds, answer.Nanoseconds);
    }

    /// <summary>As the original does it: one node after another.</summary>
    public async Task<double> PassAsync(IReadOnlyList<CheckTarget> targets, CancellationToken cancellation) =>
        (await RunAsync(targets, "full", 1, cancellation)).Nanoseconds.Sum() / 1e6;

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
