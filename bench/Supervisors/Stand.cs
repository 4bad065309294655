namespace MoneroCloud.Bench;

/// <summary>A supervisor with its children, running.</summary>
internal sealed class Stand(Supervisor supervisor, IReadOnlyList<ChildSpec> children, ChildSpec? control) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);

    public string Name => supervisor.Name;

    public Supervisor Supervisor => supervisor;

    public IReadOnlyList<ChildSpec> Children => children;

    /// <summary>The child that its supervisor must leave dead; null where there is none.</summary>
    public ChildSpec? Control => control;

    public string Version { get; private set; } = "unknown";

    private IEnumerable<ChildSpec> All => control is null ? children : children.Append(control);

    /// <summary>Starts it and waits until every child answers.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        Version = await supervisor.VersionAsync(cancellation);
        await supervisor.StartAsync([.. All], cancellation);
        await WaitForAnswersAsync(cancellation);
        Console.Error.WriteLine($"{Name} {Version}: {All.Count()} children answer");
    }

    /// <summary>The present pid of every child, by its port.</summary>
    public Dictionary<int, int> Pids() => ProcessTable.ChildrenByPort(All.Select(c => c.Port).ToHashSet());

    public IReadOnlySet<int> OwnProcesses() => supervisor.OwnProcesses(Pids().Values);

    public ValueTask DisposeAsync() => supervisor.DisposeAsync();

    private async Task WaitForAnswersAsync(CancellationToken cancellation)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var answers = RpcProbe.WaitForAsync(All.Select(c => c.Port), StartPatience, done.Token);
        var ended = supervisor.FailWhenEndedAsync(done.Token);
        await (ended.IsCompletedSuccessfully ? answers : await Task.WhenAny(answers, ended));
        await done.CancelAsync();
    }
}
