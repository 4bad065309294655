namespace MoneroCloud.Bench;

/// <summary>One process or several that can probe all nodes once.</summary>
internal interface ITicker : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Of all its processes.</summary>
    IReadOnlyList<int> Pids { get; }

    Task<string> VersionAsync(CancellationToken cancellation);

    /// <summary>Ready for a first tick.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Returns just before its next tick may begin.</summary>
    Task WaitForTurnAsync(CancellationToken cancellation);

    /// <summary>From its begin to its end.</summary>
    Task<TickEnd> TickAsync(CancellationToken cancellation);
}
