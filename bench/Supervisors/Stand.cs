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
    public Task StartAsync(CancellationToken cancellation) => StartAsync(StartPatience, cancellation);

    /// <summary>As the other, with another patience for all of them together.</summary>
    public async Task StartAsync(TimeSpan patience, CancellationToken cancellation)
    {
        Version = await supervisor.VersionAsync(cancellation);
        await supervisor.StartAsync([.. All], cancellation);
        await WaitForAnswersAsync(patience, cancellation);
        Console.Error.WriteLine($"{Name} {Version}: {All.Count()} children answer");
    }

    /// <summary>The present pid of every child, by its port.</summary>
    public Dictionary<int, int> Pids() => ProcessTable.ChildrenByPort(All.Select(c => c.Port).ToHashSet());

    public IReadOnlySet<int> OwnProcesses() => supervisor.OwnProcesses(Pids().Values);

    public ValueTask DisposeAsync() => supervisor.DisposeAsync();

    private async Task WaitForAnswersAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var answers = RpcProbe.WaitForAsync(All.Select(c => c.Port), patience, done.Token);
        var ended = supervisor.FailWhenEndedAsync(done.Token);
        await (ended.IsCompletedSuccessfully ? answers : await Task.WhenAny(answers, ended));
        await done.CancelAsync();
    }
}
