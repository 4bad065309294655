using MoneroCloud.Bench;

// The agent's own checks are put here.
FourChecks? ours = null;

return await new BenchCommands(ours).Root().Parse(args)
    .InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(25) });
