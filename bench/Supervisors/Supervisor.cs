using System.Diagnostics;

namespace MoneroCloud.Bench;

/// <summary>One supervisor under test with its shipped defaults, its own folder and its own children.</summary>
internal abstract class Supervisor(string folder) : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private Process? process;

    public abstract string Name { get; }

    /// <summary>Whether it can be told to leave one child dead: a negative control.</summary>
    public virtual bool TakesControl => true;

    /// <summary>The process above all its others.</summary>
    public virtual int RootPid => process?.Id ?? throw new InvalidOperationException($"{Name} was not started");

    protected string Folder { get; } = folder;

    protected string Log => Path.Combine(Folder, $"{Name}.out");

    /// <summary>Whether it runs without having been launched here.</summary>
    protected virtual bool IsDaemon => false;

    protected virtual int StopSignal => Libc.Sigterm;

    public abstract Task<string> VersionAsync(CancellationToken cancellation);

    /// <summary>Writes its configuration and starts it; returns before the children are up.</summary>
    public abstract Task StartAsync(IReadOnlyList<ChildSpec> children, CancellationToken cancellation);

    /// <summary>Its processes without the children.</summary>
    public IReadOnlySet<int> OwnProcesses(IEnumerable<int> children) =>
        ProcessTable.Below(RootPid).Append(RootPid).Except(children).ToHashSet();

    /// <summary>Throws with its last words when it ends by itself.</summary>
    public async Task FailWhenEndedAsync(CancellationToken cancellation)
    {
        if (process is null)
        {
            return;
        }

        await process.WaitForExitAsync(cancellation);
        var words = string.Join('\n', (await File.ReadAllLinesAsync(Log, cancellation)).TakeLast(5));
        throw new BenchException($"{Name} ended with {process.ExitCode}: {words}");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false } || IsDaemon)
        {
            var all = ProcessTable.Below(RootPid).Select(Libc.OpenProcess).Where(d => d >= 0).ToList();
            await StopAsync();
            all.ForEach(EndAfterPatience);
        }

        process?.Dispose();
    }

    protected virtual async Task StopAsync()
    {
        if (process is null)
        {
            return;
        }

        var descriptor = Libc.OpenProcess(process.Id);
        Libc.Signal(descriptor, StopSignal);
        Libc.Close(descriptor);
        try
        {
            await process.WaitForExitAsync().WaitAsync(StopPatience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            Console.Error.WriteLine($"{Name} did not stop within {StopPatience.TotalSeconds:0} s and was killed");
            process.Kill(entireProcessTree: true);
        }
    }

    private void EndAfterPatience(int descriptor)
    {
        if (!Libc.HasExited(descriptor, StopPatience))
        {
            Console.Error.WriteLine($"{Name} left a process behind, which was killed");
            Libc.Signal(descriptor, Libc.Sigkill);
        }

        Libc.Close(descriptor);
    }

    protected void Launch(IReadOnlyDictionary<string, string> environment, params string[] command) =>
        process = Shell.Start(Log, environment, command);

    protected void Launch(params string[] command) => Launch(new Dictionary<string, string>(), command);
}
