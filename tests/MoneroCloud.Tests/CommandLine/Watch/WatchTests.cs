using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using MoneroCloud.Tests.Api;
using Spectre.Console;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary><c>watch</c>: what is written where the output is no terminal, and what is drawn where it is one.</summary>
public sealed class WatchTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Without_a_terminal_the_table_comes_once_and_then_a_line_a_change()
    {
        var run = await RunAsync(
            new WatchOptions { Interval = Soon },
            Look(Node("host.main"), Node("host.second")),
            Look(Node("host.main"), Node("host.second")),
            Look(Node("host.main", HealthState.Down, Condition.Exited, "the process exited (signal 9)", pid: null), Node("host.second")),
            Look(Node("host.main", pid: 4712)));

        Assert.Equal((0, ""), (run.Exit, run.Error));
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.StartsWith("NODE", lines[0], StringComparison.Ordinal);
        Assert.Equal("total 2, working 2 (degraded 0), failed 0, unknown 0", lines[3]);
        Assert.Equal(
            [
                "2026-01-15 12:00:00 UTC host.main: Up -> Down, Exited: the process exited (signal 9)",
                "2026-01-15 12:00:00 UTC host.main: Down -> Up, Healthy: answers",
                "2026-01-15 12:00:00 UTC host.second: not there any more",
            ],
            lines[4..]);
    }

    [Fact]
    public async Task A_restart_that_nobody_saw_shows_by_its_pid()
    {
        var run = await RunAsync(new WatchOptions { Interval = Soon }, Look(Node("host.main")), Look(Node("host.main", pid: 4712)));

        Assert.EndsWith("host.main: Up, Healthy, pid 4711 -> 4712: answers\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_a_line_a_node_and_then_a_line_a_change()
    {
        var run = await RunAsync(new WatchOptions { Interval = Soon, Json = true }, Look(Node("host.a"), Node("host.b")), Look(Node("host.a", HealthState.Down, Condition.Silent), Node("host.b")));

        var lines = run.Output.TrimEnd().Split('\n').Select(l => JsonNode.Parse(l)!).Select(n => $"{n["id"]} {n["state"]} {n["condition"]}");
        Assert.Equal(["host.a Up Healthy", "host.b Up Healthy", "host.a Down Silent"], lines);
    }

    [Fact]
    public async Task A_trouble_at_the_beginning_ends_it_and_a_later_one_is_told_once()
    {
        var blind = new FleetLook { At = At, Trouble = "no agent runs", Exit = 1 };
        var atOnce = await RunAsync(new WatchOptions { Interval = Soon }, blind);
        var later = await RunAsync(new WatchOptions { Interval = Soon }, Look(Node("host.a")), blind, blind, Look(Node("host.a", HealthState.Down, Condition.Silent)));

        Assert.Equal((1, "monerocloud: no agent runs\n", ""), (atOnce.Exit, atOnce.Error, atOnce.Output));
        Assert.Equal((0, "monerocloud: no agent runs\nmonerocloud: it can be seen again\n"), (later.Exit, later.Error));
        Assert.Contains("host.a: Up -> Down, Silent", later.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, 10)]
    [InlineData(120, 24)]
    [InlineData(200, 60)]
    public void The_picture_fits_into_the_terminal_with_the_worst_first(int width, int height)
    {
        var nodes = Enumerable.Range(0, 1_000).Select(i => Node($"host.n{i:000}", i == 700 ? HealthState.Down : HealthState.Up, i == 700 ? Condition.Exited : Condition.Healthy, new string('x', 300))).ToArray();
        var changes = Enumerable.Range(0, 50).Select(i => new FleetChange(At, $"host.n{i:000}", null, nodes[i])).ToList();

        var lines = Drawn(WatchScreen.Draw(Look(nodes), null, changes, failing: false, (width, height), At), width);

        Assert.InRange(lines.Length, height - 5, height);
        Assert.All(lines, l => Assert.InRange(l.Length, 0, width));
        Assert.StartsWith("host.n700", lines[2], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.Contains(" more do not fit", StringComparison.Ordinal));
    }

    [Fact]
    public void The_picture_says_since_when_it_is_not_live()
    {
        var lines = Drawn(WatchScreen.Draw(Look(Node("host.a")), "the monitor gave no answer", [], failing: true, (160, 24), At.AddSeconds(90)), 160);

        Assert.StartsWith("NOT LIVE since ", lines[0], StringComparison.Ordinal);
        Assert.Contains("the monitor gave no answer; then: total 1, working 1", lines[0], StringComparison.Ordinal);
        Assert.Contains("1 work and are not shown", lines, StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_a_monitor_says_moves_no_cursor()
    {
        var run = await RunAsync(new WatchOptions { Interval = Soon }, Look(Node("host.a")), Look(Node("host.a", HealthState.Down, Condition.BadAnswer, "bad\u001b[2J\nline\u202e")));

        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u202e', run.Output);
        Assert.Single(run.Output.Split('\n'), l => l.Contains("Up -> Down", StringComparison.Ordinal));
    }

    [Fact]
    public void Nor_does_the_picture_and_its_markup_is_not_read()
    {
        const string Evil = "[red]bad[/] \u001b[2J\nline\u202e";
        var node = Node("host.a", HealthState.Down, Condition.BadAnswer, Evil);

        var lines = Drawn(WatchScreen.Draw(Look(node), "gave no answer", [.. FleetChange.Between([Node("host.a")], Look(node))], failing: false, (160, 24), At), 160);

        Assert.All(lines, line => Assert.DoesNotContain(line, c => char.IsControl(c) || c == '\u202e'));
        Assert.Equal(2, lines.Count(l => l.Contains("[red]bad[/] ?[2J?line?", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--interval", "0s", "--interval is 0s: 1s to 1h, in whole seconds")]
    [InlineData("--interval", "2h", "--interval is 2h: 1s to 1h, in whole seconds")]
    [InlineData("--interval", "soon", "--interval is 'soon': it must be")]
    public async Task Bounds_are_named(string option, string value, string error)
    {
        var run = await CommandRun.OfAsync(["watch", option, value], []);

        Assert.Equal(2, run.Exit);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_monitor_that_does_not_know_the_node_ends_it()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Told.Problem(404, "There is no such thing", "no node is called nope")));

        var run = await CommandRun.OfAsync(peer.Address, "watch", "nope");

        Assert.Equal((2, ""), (run.Exit, run.Output));
        Assert.Contains("no node is called nope", run.Error, StringComparison.Ordinal);
    }

    private static TimeSpan Soon => TimeSpan.FromMilliseconds(1);

    private static async Task<CommandRun> RunAsync(WatchOptions options, params FleetLook[] looks)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var eye = new ScriptedEye(end, looks);
        return await CommandRun.OfAsync(shell => new WatchRun(eye, shell, options, null).RunAsync(end.Token), [], TimeProvider.System);
    }

    private static FleetLook Look(params NodeStatus[] nodes) => new() { At = At, Nodes = nodes };

    private static NodeStatus Node(string id, HealthState state = HealthState.Up, Condition condition = Condition.Healthy, string message = "answers", int? pid = 4711) =>
        RemoteStatusOf.View(Told.Node(id, state, condition, message) with { Pid = pid });

    private static string[] Drawn(Spectre.Console.Rendering.IRenderable picture, int width)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        console.Write(picture);
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
