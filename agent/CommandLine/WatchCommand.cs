using System.CommandLine;
using System.Runtime.InteropServices;

namespace MoneroCloud.Agent;

/// <summary><c>watch [NODE]</c>: the nodes as they are, drawn anew as they change.</summary>
internal static class WatchCommand
{
    /// <summary>The agent is on this machine and asks nobody.</summary>
    private static readonly TimeSpan UsualHere = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan UsualThere = TimeSpan.FromSeconds(5);

    public static Command Build(Option<string?> config, CommandShell shell)
    {
        var node = new Argument<string?>("NODE") { Description = "An id or a name (default: all)", Arity = ArgumentArity.ZeroOrOne };
        var failing = new Option<bool>("--failing", "-f") { Description = "Only what does not simply work; on a terminal the key f shows all and these in turn" };
        var json = new Option<bool>("--json") { Description = "One JSON object a line: all nodes, then each that changed" };
        var command = new Command("watch", "Show the nodes and go on as they change, without checking them; where the output is no terminal, a line a change") { node, failing, json };
        var interval = ForOption.On(command, "--interval", "How often to look, 1s to 1h (default 1s; of a monitor 5s)", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
        var remote = RemoteOptions.On(command, config);
        command.SetAction(parsed =>
        {
            Task<int> WatchAsync(IFleetEye eye, TimeSpan usual) => UntilInterruptedAsync(new WatchRun(
                eye,
                shell,
                new WatchOptions { Interval = interval.Of(parsed) ?? usual, Failing = parsed.GetValue(failing), Json = parsed.GetValue(json) },
                Keys()));

            return RemoteOptions.RunAsync(
                remote.Of(parsed, shell),
                shell,
                () => WatchAsync(new AgentEye(parsed.GetValue(config), parsed.GetValue(node), shell.Time), UsualHere),
                monitor => WatchAsync(new MonitorEye(monitor, parsed.GetValue(node)), UsualThere));
        });
        return command;
    }

    /// <summary>Ctrl-C is how it is ended: in order, so that a terminal has its cursor again.</summary>
    private static async Task<int> UntilInterruptedAsync(WatchRun run)
    {
        using var end = new CancellationTokenSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.Cancel();
        }

        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        return await run.RunAsync(end.Token);
    }

    private static Func<char?>? Keys() =>
        Console.IsInputRedirected || Console.IsOutputRedirected ? null : static () => Console.KeyAvailable ? Console.ReadKey(intercept: true).KeyChar : null;
}
