namespace MoneroCloud.Bench;

/// <summary>Where the programs under test are, and which supervisors a run compares.</summary>
internal sealed record Programs
{
    public string? AgentBinary { get; init; }

    public string? Pm2Binary { get; init; }

    public required IReadOnlyList<string> Supervisors { get; init; }

    /// <summary>One supervisor of each chosen kind, in the order given, each with a folder of its own.</summary>
    public IReadOnlyList<Supervisor> MakeSupervisors(RunFolder folder) =>
        [.. Supervisors.Select(name => Make(name, folder.New(name)))];

    /// <summary>Our own agent, for a bench that has no other.</summary>
    public MoneroCloudAgent MakeAgent(RunFolder folder, IReadOnlyDictionary<string, string> environment) => new(folder.New("monerocloud"), Agent, environment);

    /// <summary>One of several of our own agents.</summary>
    /// <param name="metrics">Where it tells its metrics; null: nowhere.</param>
    public MoneroCloudAgent MakeAgent(RunFolder folder, IReadOnlyDictionary<string, string> environment, string name, int? metrics) =>
        new(folder.New(name), Agent, environment, name, metrics);

    private string Agent => AgentBinary ?? throw new BenchException("--agent-binary is not given");

    private Supervisor Make(string name, string folder) => name switch
    {
        "runit" => new Runit(folder),
        "supervisord" => new Supervisord(folder),
        "pm2" => new Pm2(folder, Pm2Binary ?? Nursery.Find("pm2")),
        "monerocloud" => new MoneroCloudAgent(folder, Agent, new Dictionary<string, string>()),
        _ => throw new BenchException($"no supervisor named {name}: runit, supervisord, pm2, monerocloud"),
    };
}
