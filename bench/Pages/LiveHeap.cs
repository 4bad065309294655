using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>What a .NET process really holds: its objects are counted one by one by dotnet-gcdump, which has it collect all garbage first.</summary>
/// <param name="gcdump">The tool.</param>
internal sealed class LiveHeap(string gcdump, string folder)
{
    private const string Total = "GC Heap bytes";

    private const int Dumps = 3;

    /// <returns>Bytes, the median of three dumps.</returns>
    /// <exception cref="BenchException">The process does not answer, or the tool is another than we know.</exception>
    public async Task<long> MeasureAsync(int pid, CancellationToken cancellation)
    {
        var dumps = new List<double>();
        for (var i = 0; i < Dumps; i++)
        {
            var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{pid}-{i}.gcdump"));
            await Shell.RunAsync(cancellation, gcdump, "collect", "-p", pid.ToString(CultureInfo.InvariantCulture), "-o", file);
            var bytes = BytesOf(await Shell.RunAsync(cancellation, gcdump, "report", file));
            File.Delete(file);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024:N0} KiB of objects"));
            dumps.Add(bytes);
        }

        return (long)new Distribution(dumps).P50;
    }

    private static long BytesOf(string report) =>
        report.Split('\n').FirstOrDefault(l => l.Contains(Total, StringComparison.Ordinal)) is { } line
        && long.TryParse(line.Replace(Total, "", StringComparison.Ordinal), NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : throw new BenchException($"dotnet-gcdump said no '{Total}': {report[..Math.Min(200, report.Length)]}");
}
