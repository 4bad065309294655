namespace MoneroCloud.Functions;

/// <summary>What Program.cs composes and the host runs. Nothing of it has connected to anything when the host starts.</summary>
internal sealed record MonitorParts
{
    /// <summary>One for each function that a timer or a queue calls.</summary>
    public required IReadOnlyList<ITrigger> Triggers { get; init; }

    /// <summary>Maps the endpoints below <c>/api</c> and <c>/dashboard</c>, in both modes alike; no other path reaches them.</summary>
    public required Action<WebApplication> MapHttp { get; init; }

    /// <summary>Standalone: where messages come from.</summary>
    public required IBusSource Bus { get; init; }

    /// <summary>What else runs as long as the program, in both modes.</summary>
    public IReadOnlyList<OwnedTask> Tasks { get; init; } = [];

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Logs { get; init; }
}
