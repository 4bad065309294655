using System.Collections.Immutable;
using System.Diagnostics;

namespace MoneroCloud.Bench;

/// <summary>Children that nobody supervises; some of them can be made to hang.</summary>
internal sealed class Wallets : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);

    private readonly ImmutableArray<Process> processes;

    private Wallets(ImmutableArray<Process> processes, ImmutableArray<CheckTarget> targets)
    {
        this.processes = processes;
        Targets = targets;
    }

    public ImmutableArray<CheckTarget> Targets { get; }

    /// <summary>Starts them and waits until all answer.</summary>
    public static async Task<Wallets> StartAsync(RunFolder folder, ImmutableArray<ChildSpec> children, CancellationToken cancellation)
    {
        var log = Path.Combine(folder.Path, "wallets.out");
        ImmutableArray<Process> processes = [.. children.Select(c => Shell.Start(log, c.Environment, [.. c.Command]))];
        var wallets = new Wallets(processes, [.. children.Zip(processes, (c, p) => new CheckTarget(p.Id, c.Port))]);
        try
        {
            await RpcProbe.WaitForAsync(children.Select(c => c.Port), StartPatience, cancellation);
            return wallets;
        }
        catch
        {
            wallets.Dispose();
            throw;
        }
    }

    /// <summary>The first of them accept connections and never answer, until <see cref="Resume"/>.</summary>
    public void Hang(int count) => Signal(processes.Take(count), Libc.Sigstop);

    public void Resume() => Signal(processes, Libc.Sigcont);

    public void Dispose()
    {
        Signal(processes, Libc.Sigkill);
        foreach (var process in processes)
        {
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static void Signal(IEnumerable<Process> processes, int signal)
    {
        foreach (var process in processes.Where(p => !p.HasExited))
        {
            var descriptor = Libc.OpenProcess(process.Id);
            Libc.Signal(descriptor, signal);
            Libc.Close(descriptor);
        }
    }
}
