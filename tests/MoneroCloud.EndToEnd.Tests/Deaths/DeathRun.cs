using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Functions;
using MoneroCloud.MortalMonitor;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// A monitor that can be told where to die, and two agents: to <c>home</c> the same happens round by round whoever runs it, and <c>yard</c>
/// takes orders.
/// </summary>
internal sealed class DeathRun : IAsyncDisposable
{
    /// <summary>Longer than a claim and an attempt are waited for, shorter than an order lives.</summary>
    private const string Later = "210";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StandaloneMonitor _monitor;
    private readonly BusAgent _home;
    private readonly BusAgent _yard;
    private readonly List<string> _answered = [];
    private readonly SqliteTable _table;
    private readonly CancellationToken _cancellation;
    private int _round;

    private DeathRun(StandaloneMonitor monitor, BusAgent home, BusAgent yard, CancellationToken cancellation)
    {
        (_monitor, _home, _yard, _cancellation) = (monitor, home, yard, cancellation);
        _table = new SqliteTable(Path.Combine(monitor.Folder, "data", "state.db"), new TableOptions(), TimeProvider.System);
    }

    /// <summary>Orders whose caller was told that they are stored.</summary>
    public IReadOnlyList<string> Answered => _answered;

    public IReadOnlyDictionary<string, List<string>> OrdersTaken => _yard.Orders;

    /// <summary>How often the channel was given each alert, by the alert's id.</summary>
    public Dictionary<string, int> Told => AlertLines.Count(_monitor.Output, "home");

    private string PointsFile => Path.Combine(_monitor.Folder, "points");

    /// <param name="begin">When the agents' clocks begin: the same for runs that are to be compared.</param>
    public static async Task<DeathRun> StartAsync(string name, DateTimeOffset begin, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        var monitor = await StandaloneMonitor.StartAsync(
            name,
            "MoneroCloud.MortalMonitor",
            _ => { },
            [("SWEEP_SCHEDULE", "* * * * * *"), ("PROBE_SCHEDULE", "0 0 0 1 1 *"), (MortalVariables.Haste, "1"), .. environment]);
        monitor.Environment[MortalVariables.Points] = Path.Combine(monitor.Folder, "points");
        var run = new DeathRun(
            monitor,
            await BusAgent.EnrolAsync(monitor, "home", begin, HomeStory.Nodes),
            await BusAgent.EnrolAsync(monitor, "yard", begin, "ordered"),
            cancellation);
        run._home.Do(HomeStory.Begin);
        await run.UntilAsync(() => Task.FromResult(run._home.Pending + run._yard.Pending == 0), "the agents are known", cancellation);
        return run;
    }

    /// <summary>A round of a monitor that lives, with an order or without.</summary>
    public Task LiveAsync(bool order) => RoundAsync(order, _cancellation);

    /// <summary>The points of a round, in a life that has just begun.</summary>
    public async Task<List<string>> PointsOfARoundAsync()
    {
        await _monitor.EndAsync(Signals.Terminate);
        await _monitor.StartAgainAsync();
        var before = Points().Count;
        await WholeRoundAsync(order: true, _cancellation);
        return Points()[before..];
    }

    /// <summary>A round of a monitor that dies at a point, or else when all is done.</summary>
    /// <returns>Whether it came to that point: what is written at once, and in which order, is not the same each time.</returns>
    public async Task<bool> DieAsync(string point)
    {
        _monitor.Environment[MortalVariables.At] = point;
        _monitor.BeginAgain();
        using var dead = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        var round = WholeRoundAsync(order: point.Contains("order", StringComparison.Ordinal) || point.Contains("c,", StringComparison.Ordinal), dead.Token);
        var end = _monitor.EndsAsync();
        var reached = await Task.WhenAny(end, round) == end;
        await (reached ? end : KillAsync());
        await dead.CancelAsync();
        await Task.WhenAny(round);
        Xunit.Assert.True(round.IsCanceled || round.IsCompletedSuccessfully, $"{point}: {round.Exception}");
        Xunit.Assert.Equal(128 + Signals.Kill, await end);
        return reached;
    }

    public async Task KillAsync() => await _monitor.EndAsync(Signals.Kill);

    /// <summary>One more life, some minutes later, which finishes what the others have begun.</summary>
    /// <param name="finish">Waits until nothing is left to be sent.</param>
    public async Task<StoredStory> EndAsync(bool finish = true)
    {
        _monitor.Environment.Remove(MortalVariables.At);
        _monitor.Environment[MortalVariables.Later] = Later;
        await _monitor.StartAgainAsync();
        await UntilAsync(() => Task.FromResult(_home.Pending + _yard.Pending == 0), "all is acked", _cancellation);
        if (finish)
        {
            // What an order's agent did is told after the order has been sent.
            await StoryAsync();
            await UntilAsync(() => Task.FromResult(_home.Pending + _yard.Pending == 0), "all is acked", _cancellation);
        }

        Xunit.Assert.Equal(0, await _monitor.EndAsync(Signals.Terminate));
        return await StoredStory.ReadAsync(_table, "home", "yard", _cancellation);
    }

    /// <summary>When nothing is left to be sent.</summary>
    public async Task<StoredStory> StoryAsync()
    {
        await UntilAsync(async () => !await StoredStory.IsUnfinishedAsync(_table, "home", _cancellation), "all is sent", _cancellation);
        return await StoredStory.ReadAsync(_table, "home", "yard", _cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _home.DisposeAsync();
        await _yard.DisposeAsync();
        await _monitor.DisposeAsync();
        await _table.DisposeAsync();
    }

    /// <summary>Until nothing of it is left to be told or sent.</summary>
    private async Task WholeRoundAsync(bool order, CancellationToken cancellation)
    {
        await RoundAsync(order, cancellation);
        await UntilAsync(async () => !await StoredStory.IsUnfinishedAsync(_table, "home", cancellation), "all is sent", cancellation);
    }

    private List<string> Points() => File.Exists(PointsFile) ? [.. File.ReadAllLines(PointsFile)] : [];

    private async Task RoundAsync(bool order, CancellationToken cancellation)
    {
        var round = _round++;
        _home.Do(agent => HomeStory.Happen(agent, round));
        _yard.Do(agent => agent.Now += TimeSpan.FromSeconds(1));
        await (order ? OrderAsync(cancellation) : Task.CompletedTask);
        await UntilAsync(() => Task.FromResult(_home.Pending + _yard.Pending == 0), "the round is acked", cancellation);
    }

    /// <summary>An order, until it is over. A caller that got no answer does not know whether it is stored.</summary>
    private async Task OrderAsync(CancellationToken cancellation)
    {
        var placed = await AskAsync(() => _monitor.PostAsync("api/nodes/yard.ordered/restart"), again: false, cancellation);
        if (placed is { Status: 202, Body: var order })
        {
            var id = (string)order["id"]!;
            _answered.Add(id);
            await UntilAsync(async () => (string?)(await AskAsync(() => _monitor.GetAsync($"api/orders/{id}"), again: true, cancellation))?.Body["state"] == "Ended", $"order {id} is over", cancellation);
        }
    }

    /// <summary>Null when the monitor has died while it was asked.</summary>
    private static async Task<(int Status, JsonNode Body)?> AskAsync(Func<Task<(int, JsonNode)>> ask, bool again, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (HttpRequestException e) when (again || e.HttpRequestError == HttpRequestError.ConnectionError)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }
    }

    private async Task UntilAsync(Func<Task<bool>> wanted, string what, CancellationToken cancellation)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !await wanted(); await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation))
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"not within {Patience.TotalSeconds} s: {what}\n{string.Join('\n', _monitor.Output.TakeLast(40))}");
            }
        }
    }
}
