using System.Diagnostics;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>One run of another program: what it said, and how it ended.</summary>
internal sealed record ToolRun(int Exit, string Output, string Error)
{
    /// <param name="variables">The whole environment, but for the run's mark; null: that of the tests.</param>
    public static async Task<ToolRun> OfAsync(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? variables, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (variables is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in variables.Append(new(TestRun.MarkVariable, TestRun.Mark)).Append(new(TestRun.FolderVariable, TestRun.Folder)))
            {
                start.Environment[name] = value;
            }
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new ToolRun(process.ExitCode, await output, await error);
    }
}
