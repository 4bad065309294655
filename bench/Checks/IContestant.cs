namespace MoneroCloud.Bench;

/// <summary>Somebody who can do the four checks, in one process.</summary>
internal interface IContestant
{
    string Who { get; }

    /// <summary>Checks every target in turn, <paramref name="rounds"/> times.</summary>
    Task<CheckBlock> RunAsync(IReadOnlyList<CheckTarget> targets, string method, int rounds, CancellationToken cancellation);

    /// <summary>Milliseconds of one full check of all targets, in the way the contestant goes through a fleet.</summary>
    Task<double> PassAsync(IReadOnlyList<CheckTarget> targets, CancellationToken cancellation);
}
