namespace MoneroCloud.Bench;

/// <summary><c>checks</c>: what a pid, port, api and full check costs, beside the original's in PHP.</summary>
/// <param name="ours">The agent's own four checks; null while there are none to measure.</param>
internal sealed class ChecksBench(ChecksOptions options, RunFolder folder, FourChecks? ours)
{
    public static readonly string[] Methods = ["pid", "port", "api", "full"];

    private readonly Nursery nursery = new(folder, options.Kind);

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        await nursery.PrepareAsync(cancellation);
        var children = nursery.Make("wallet", options.Children);
        var needle = Path.GetFileName(children[0].Program);
        using var wallets = await Wallets.StartAsync(folder, children, cancellation);
        using var php = new PhpChecks(folder, wallets.Targets, needle);
        IContestant[] fleetCheckers = ours is null ? [php] : [php, ours];
        IContestant[] contestants = [.. fleetCheckers, PlainChecks.Make(needle)];
        var load = new MachineLoad();
        var blocks = await RunBlocksAsync(contestants, wallets, cancellation);
        var passes = await RunPassesAsync(fleetCheckers, wallets, cancellation);
        var versions = new Dictionary<string, string>
        {
            ["php"] = await Shell.VersionAsync(cancellation, "php", "--version"),
            ["child"] = options.Kind == ChildKind.Wallet
                ? await Shell.VersionAsync(cancellation, children[0].Program, "--version")
                : "peers/child.c",
            [".NET"] = Environment.Version.ToString(),
        };
        return new ChecksReport(options, contestants, blocks, passes).Make(versions, load.BusyPercent());
    }

    private async Task<IReadOnlyList<CheckBlock>> RunBlocksAsync(
        IContestant[] contestants, Wallets wallets, CancellationToken cancellation)
    {
        var blocks = new List<CheckBlock>();
        for (var number = 0; number <= options.Blocks; number++)
        {
            foreach (var method in Methods)
            {
                foreach (var contestant in number % 2 == 0 ? contestants : contestants.Reverse())
                {
                    var block = await contestant.RunAsync(wallets.Targets, method, options.Rounds, cancellation);
                    if (number > 0)
                    {
                        // The one before is for warming up.
                        blocks.Add(block);
                    }
                }
            }
        }

        return blocks;
    }

    private async Task<IReadOnlyList<PassSample>> RunPassesAsync(
        IContestant[] contestants, Wallets wallets, CancellationToken cancellation)
    {
        var passes = new List<PassSample>();
        foreach (var hung in options.Hung)
        {
            wallets.Hang(hung);
            for (var number = 0; number < options.Passes; number++)
            {
                foreach (var contestant in contestants)
                {
                    var milliseconds = await contestant.PassAsync(wallets.Targets, cancellation);
                    passes.Add(new PassSample(contestant.Who, hung, Math.Round(milliseconds, 3)));
                }
            }

            wallets.Resume();
        }

        return passes;
    }
}
