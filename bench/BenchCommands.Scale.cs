using System.CommandLine;

namespace MoneroCloud.Bench;

/// <summary>The command line of <c>scale</c>.</summary>
internal sealed partial class BenchCommands
{
    private Command Scale()
    {
        var nodes = new Option<int[]>("--nodes")
        {
            Description = "sizes of the fleet, ascending",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [100, 1_000, 10_000],
        };
        var handlers = Number("--handlers", 4, "processes over one table");
        var rounds = Number("--rounds", 20, "ticks of each form and size");
        var warmUp = Number("--warm-up", 4, "ticks of each before the first that counts");
        var command = new Command("scale", "a tick over 100 to 10,000 nodes, in several handlers and standalone") { nodes, handlers, rounds, warmUp };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            folder => new ScaleBench(
                new ScaleOptions
                {
                    Monitor = Needed(parsed, monitor),
                    Broker = Needed(parsed, broker),
                    Azurite = Needed(parsed, azurite),
                    Nodes = parsed.GetValue(nodes) ?? [],
                    Handlers = parsed.GetValue(handlers),
                    Rounds = parsed.GetValue(rounds),
                    WarmUp = parsed.GetValue(warmUp),
                },
                folder).RunAsync(cancellation),
            cancellation));
        return command;
    }
}
