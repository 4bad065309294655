namespace MoneroCloud.Agent;

/// <summary>What to start. Nothing is inherited but the agent's user, limits and umask.</summary>
internal sealed record SpawnRequest
{
    /// <summary>The executable, absolute; PATH is not searched.</summary>
    public required string Program { get; init; }

    /// <summary>Without the program's own name, which becomes argv[0].</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment, <c>NAME=value</c> each.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>The working folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Takes stdout and stderr; made 0600 when missing, always appended to. A file, never a pipe that could fill.</summary>
    public required string LogFile { get; init; }
}
