using System.CommandLine;

namespace MoneroCloud.Bench;

/// <summary>The command line: one command a bench.</summary>
internal sealed partial class BenchCommands
{
    private readonly Option<string?> agentBinary = new("--agent-binary") { Description = "the published monerocloud", Recursive = true };
    private readonly Option<string?> pm2 = new("--pm2") { Description = "the pm2 command", Recursive = true };
    private readonly Option<string?> monitor = new("--monitor-binary") { Description = "the published MoneroCloud.Functions", Recursive = true };
    private readonly Option<string?> prober = new("--prober-binary") { Description = "the published MoneroCloud.Bench.Prober", Recursive = true };
    private readonly Option<string?> broker = new("--broker-binary") { Description = "the published MoneroCloud.TestBroker", Recursive = true };
    private readonly Option<string?> azurite = new("--azurite") { Description = "main.js of Azurite's table service", Recursive = true };
    private readonly Option<string> results = new("--results")
    {
        Description = "folder for the result files",
        Recursive = true,
        DefaultValueFactory = _ => Path.Combine("bench", "results"),
    };

    private readonly FourChecks? ours;

    public BenchCommands(FourChecks? ours) => this.ours = ours;

    public RootCommand Root() => new("Benches of MoneroCloud and its peers. Start them with bench/run.")
    {
        agentBinary, pm2, monitor, prober, broker, azurite, seeder, gcdump, results, Restart(), Cold(), Idle(), Checks(), Tick(), Scale(), Pages(), Handler(), Event(), Crowd(), Loop(),
    };

    private Command Restart()
    {
        var supervisors = Supervisors("runit", "supervisord", "pm2", "monerocloud");
        var kind = Kind(ChildKind.StandIn);
        var children = Number("--children", 10, "children of each supervisor");
        var kills = Number("--kills", 45, "kills under each supervisor");
        var gap = Seconds("--gap", 12, "least time between two kills of one child");
        var settle = Seconds("--settle", 15, "from all up to the first kill");
        var patience = Seconds("--patience", 10, "after the last kill");
        var seed = Number("--seed", 1, "of the schedule");
        var command = new Command("restart", "kill -9 to the replacement") { supervisors, kind, children, kills, gap, settle, patience, seed };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            folder => new RestartBench(
                new RestartOptions
                {
                    Programs = Programs(parsed, supervisors),
                    Kind = parsed.GetValue(kind),
                    Children = parsed.GetValue(children),
                    Kills = parsed.GetValue(kills),
                    Gap = TimeSpan.FromSeconds(parsed.GetValue(gap)),
                    Settle = TimeSpan.FromSeconds(parsed.GetValue(settle)),
                    Patience = TimeSpan.FromSeconds(parsed.GetValue(patience)),
                    Seed = parsed.GetValue(seed),
                },
                folder).RunAsync(cancellation),
            cancellation));
        return command;
    }

    private Command Cold()
    {
        var supervisors = Supervisors("monerocloud");
        var children = Number("--children", 4, "wallets under each supervisor");
        var trials = Number("--trials", 12, "starts by hand, and kills under each supervisor");
        var gap = Seconds("--gap", 15, "least time from a wallet's answer to its next kill");
        var command = new Command("cold", "kill -9 of a real wallet until its RPC answers") { supervisors, children, trials, gap };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            folder => new ColdBench(
                new ColdOptions
                {
                    Programs = Programs(parsed, supervisors),
                    Children = parsed.GetValue(children),
                    Trials = parsed.GetValue(trials),
                    Gap = TimeSpan.FromSeconds(parsed.GetValue(gap)),
                },
                folder).RunAsync(cancellation),
            cancellation));
        return command;
    }

    private Command Idle()
    {
        var supervisors = Supervisors("monerocloud");
        var kind = Kind(ChildKind.StandIn);
        var children = Number("--children", 10, "children of each supervisor");
        var duration = Seconds("--duration", 600, "of the sampling");
        var settle = Seconds("--settle", 30, "from all up to the first sample");
        var period = Seconds("--period", 5, "between two samples");
        var enrolled = new Option<bool>("--enrolled") { Description = "monerocloud alone, with a monitor that it reports to over TLS" };
        var metrics = new Option<bool>("--metrics") { Description = "three of monerocloud alone: without metrics, with metrics that nobody reads, scraped by Prometheus" };
        var command = new Command("idle", "memory and CPU while nothing happens") { supervisors, kind, children, duration, settle, period, enrolled, metrics };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            folder => parsed.GetValue(metrics) ? new ScrapedBench(Options(parsed), folder).RunAsync(cancellation) : new IdleBench(Options(parsed), folder).RunAsync(cancellation),
            cancellation));
        return command;

        IdleOptions Options(ParseResult parsed) => new()
        {
            Programs = Programs(parsed, supervisors),
            Kind = parsed.GetValue(kind),
            Monitor = parsed.GetValue(enrolled) ? Needed(parsed, monitor) : null,
            Children = parsed.GetValue(children),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(duration)),
            Settle = TimeSpan.FromSeconds(parsed.GetValue(settle)),
            Period = TimeSpan.FromSeconds(parsed.GetValue(period)),
        };
    }

    private Command Checks()
    {
        var kind = Kind(ChildKind.Wallet);
        var children = Number("--children", 20, "wallets");
        var blocks = Number("--blocks", 10, "blocks of each check");
        var rounds = Number("--rounds", 50, "checks of every wallet in a block");
        var passes = Number("--passes", 3, "full passes of each kind");
        var hung = new Option<int[]>("--hung")
        {
            Description = "time full passes with so many wallets hung",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [0, 2, 10],
        };
        var command = new Command("checks", "the four checks, beside PHP's") { kind, children, blocks, rounds, passes, hung };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            folder => new ChecksBench(
                new ChecksOptions
                {
                    Kind = parsed.GetValue(kind),
                    Children = parsed.GetValue(children),
                    Blocks = parsed.GetValue(blocks),
                    Rounds = parsed.GetValue(rounds),
                    Passes = parsed.GetValue(passes),
                    Hung = parsed.GetValue(hung) ?? [],
                },
                folder,
                ours).RunAsync(cancellation),
            cancellation));
        return command;
    }

    private Command Tick()
    {
        var nodes = Number("--nodes", 1000, "stubs");
        var rounds = Number("--rounds", 20, "ticks of each prober");
        var warmUp = Number("--warm-up", 4, "ticks of each before the first that counts");
        var hung = Number("--hung", 100, "nodes that never answer, in the second part");
        var hungRounds = Number("--hung-rounds", 3, "ticks of each prober in the second part");
        var command = new Command("tick", "a tick over many nodes, beside blackbox-exporter") { nodes, rounds, warmUp, hung, hungRounds };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            folder => new TickBench(
                new TickOptions
                {
                    Monitor = Needed(parsed, monitor),
                    Prober = Needed(parsed, prober),
                    Nodes = parsed.GetValue(nodes),
                    Rounds = parsed.GetValue(rounds),
                    WarmUp = parsed.GetValue(warmUp),
                    Hung = parsed.GetValue(hung),
                    HungRounds = parsed.GetValue(hungRounds),
                },
                folder).RunAsync(cancellation),
            cancellation));
        return command;
    }

    private Command Handler()
    {
        var starts = Number("--starts", 40, "one after the other");
        var command = new Command("handler", "start of the Functions handler to its first answer") { starts };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            folder => new HandlerBench(new HandlerOptions { Monitor = Needed(parsed, monitor), Starts = parsed.GetValue(starts) }, folder).RunAsync(cancellation),
            cancellation));
        return command;
    }

    private Command Event()
    {
        var children = Number("--children", 12, "children of the agent, killed in turn");
        var kills = Number("--kills", 204, "kill -9, one at a time");
        var gap = Seconds("--gap", 12, "least time between two kills of one child");
        var command = new Command("event", "an event on the host to its row in the monitor's store") { children, kills, gap };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            folder => new EventBench(
                new EventOptions
                {
                    Programs = new Programs { AgentBinary = Needed(parsed, agentBinary), Supervisors = [] },
                    Monitor = Needed(parsed, monitor),
                    Children = parsed.GetValue(children),
                    Kills = parsed.GetValue(kills),
                    Gap = TimeSpan.FromSeconds(parsed.GetValue(gap)),
                },
                folder).RunAsync(cancellation),
            cancellation));
        return command;
    }

    private Command Crowd()
    {
        var kind = Kind(ChildKind.Wallet);
        var children = Number("--children", 100, "children of the agent");
        var rounds = Number("--rounds", 3, "times that all are killed at once");
        var settle = Seconds("--settle", 60, "from all up to the first sample, and to each round");
        var duration = Seconds("--duration", 300, "of the sampling while nothing happens");
        var command = new Command("crowd", "many children under one agent, and all of them killed at once") { kind, children, rounds, settle, duration };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            folder => new CrowdBench(
                new CrowdOptions
                {
                    Programs = new Programs { AgentBinary = Needed(parsed, agentBinary), Supervisors = [] },
                    Kind = parsed.GetValue(kind),
                    Children = parsed.GetValue(children),
                    Rounds = parsed.GetValue(rounds),
                    Settle = TimeSpan.FromSeconds(parsed.GetValue(settle)),
                    Duration = TimeSpan.FromSeconds(parsed.GetValue(duration)),
                },
                folder).RunAsync(cancellation),
            cancellation));
        return command;
    }

    private Command Loop()
    {
        var children = Number("--children", 10, "children that end at once");
        var duration = Seconds("--duration", 600, "of the counting");
        var command = new Command("loop", "children that end as soon as they are started") { children, duration };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            folder => new LoopBench(
                new LoopOptions
                {
                    Programs = new Programs { AgentBinary = Needed(parsed, agentBinary), Supervisors = [] },
                    Children = parsed.GetValue(children),
                    Duration = TimeSpan.FromSeconds(parsed.GetValue(duration)),
                },
                folder).RunAsync(cancellation),
            cancellation));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Func<RunFolder, Task<BenchResult>> bench, CancellationToken cancellation)
    {
        try
        {
            using var folder = new RunFolder();
            return await new ResultWriter(parsed.GetValue(results)!).WriteAsync(await bench(folder), cancellation);
        }
        catch (BenchException failure)
        {
            await Console.Error.WriteLineAsync($"the bench could not be run: {failure.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("stopped; nothing was written");
            return 130;
        }
    }

    private Programs Programs(ParseResult parsed, Option<string[]> supervisors) => new()
    {
        AgentBinary = Absolute(parsed.GetValue(agentBinary)),
        Pm2Binary = Absolute(parsed.GetValue(pm2)),
        Supervisors = parsed.GetValue(supervisors) ?? [],
    };

    private static string Needed(ParseResult parsed, Option<string?> option) =>
        Absolute(parsed.GetValue(option)) ?? throw new BenchException($"{option.Name} is not given");

    private static string? Absolute(string? path) => path is null ? null : Path.GetFullPath(path);

    private static Option<string[]> Supervisors(params string[] names) => new("--supervisors")
    {
        Description = "runit, supervisord, pm2, monerocloud",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => names,
    };

    private static Option<ChildKind> Kind(ChildKind kind) => new("--kind")
    {
        Description = "what the children are",
        DefaultValueFactory = _ => kind,
    };

    private static Option<int> Number(string name, int value, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static Option<double> Seconds(string name, double value, string description) =>
        new(name) { Description = $"{description}, in seconds", DefaultValueFactory = _ => value };
}
