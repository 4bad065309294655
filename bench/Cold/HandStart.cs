using System.Diagnostics;

namespace MoneroCloud.Bench;

/// <summary>The wallet's own cold start: nobody but the bench starts it.</summary>
internal static class HandStart
{
    /// <summary>From just before the start to the first answer, in ms; the process is gone again when this returns.</summary>
    public static async Task<double> MeasureAsync(ChildSpec child, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(child.Program, child.Command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in child.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        var began = TimeProvider.System.GetTimestamp();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return await FirstAnswer.AfterAsync(began, child.Port, cancellation);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
