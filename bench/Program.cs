using MoneroCloud.Bench;

// The agent's own checks, beside those of the PHP original.
var ours = AgentChecks.Make();

return await new BenchCommands(ours).Root().Parse(args)
    .InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(25) });
