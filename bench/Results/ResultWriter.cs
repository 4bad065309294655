using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>Writes a result as DATE-NAME.md and .json, and its table to standard output.</summary>
internal sealed class ResultWriter(string folder)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Returns the program's exit code: 1 when the run proves nothing.</summary>
    public async Task<int> WriteAsync(BenchResult result, CancellationToken cancellation)
    {
        var date = TimeProvider.System.GetUtcNow();
        var commit = await CommitAsync(cancellation);
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{date:yyyy-MM-dd}-{result.Name}");
        await File.WriteAllTextAsync($"{file}.json", Json(result, date, commit) + "\n", cancellation);
        await File.WriteAllTextAsync($"{file}.md", Markdown(result, date, commit), cancellation);
        Console.Error.WriteLine($"written: {file}.md, {file}.json");
        Console.Write(result.Table);
        foreach (var fault in result.Faults)
        {
            await Console.Error.WriteLineAsync($"FAULT: {fault}");
        }

        return result.Faults.Count == 0 ? 0 : 1;
    }

    private static async Task<string> CommitAsync(CancellationToken cancellation)
    {
        var commit = await Shell.VersionAsync(cancellation, "git", "rev-parse", "HEAD");
        var changes = await Shell.VersionAsync(cancellation, "git", "status", "--porcelain", "--untracked-files=no");
        return changes.Length == 0 || commit == "unknown" ? commit : $"{commit}, with uncommitted changes";
    }

    private static string Json(BenchResult result, DateTimeOffset date, string commit)
    {
        var machine = Machine.Here();
        return new JsonObject
        {
            ["name"] = result.Name,
            ["date"] = date.ToString("u", CultureInfo.InvariantCulture),
            ["commit"] = commit,
            ["machine"] = JsonSerializer.SerializeToNode(machine, BenchJson.Default.Machine),
            ["machineBusyPercent"] = Math.Round(result.MachineBusyPercent, 1),
            ["settings"] = Object(result.Settings),
            ["versions"] = Object(result.Versions),
            ["faults"] = new JsonArray([.. result.Faults.Select(f => (JsonNode)f)]),
            ["samples"] = result.Samples,
        }.ToJsonString(Indented);
    }

    private static JsonObject Object(IReadOnlyDictionary<string, string> values) =>
        new(values.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value)));

    private static string Markdown(BenchResult result, DateTimeOffset date, string commit)
    {
        var machine = Machine.Here();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {result.Name}, {date:yyyy-MM-dd}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- Commit: {commit}\n- Date: {date:u}\n");
        text.Append(CultureInfo.InvariantCulture, $"- Machine: {machine.Cpus} cores ({machine.Cpu}), {machine.MemoryMebibytes} MiB\n");
        text.Append(CultureInfo.InvariantCulture, $"- System: {machine.System}, kernel {machine.Kernel}\n");
        text.Append(CultureInfo.InvariantCulture, $"- The whole machine was busy {result.MachineBusyPercent:0.0} % of the time\n");
        text.Append("- Versions: ").AppendJoin(", ", result.Versions.Select(v => $"{v.Key} {v.Value}")).Append('\n');
        text.Append("- Settings: ").AppendJoin(", ", result.Settings.Select(s => $"{s.Key} {s.Value}")).Append("\n\n");
        text.Append("## Method\n\n").Append(result.Method.Trim()).Append("\n\n");
        text.Append("## Every sample\n\n").Append(result.RawText.Trim()).Append("\n\n");
        text.Append("## Figures\n\n");
        foreach (var fault in result.Faults)
        {
            text.Append("**This run proves nothing: ").Append(fault).Append("**\n\n");
        }

        return text.Append(result.Table).ToString();
    }
}
