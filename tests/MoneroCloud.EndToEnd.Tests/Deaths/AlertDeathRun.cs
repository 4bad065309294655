using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Functions;
using MoneroCloud.MortalMonitor;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// One standalone monitor with two channels, a real mail server and a webhook, killed -9 life by life while alerts go out. A last life, some minutes later and
/// with receivers that are well, finishes what the others have begun.
/// </summary>
internal sealed class AlertDeathRun : IAsyncDisposable
{
    private const string Later = "210";

    /// <summary>A life in which every channel has sent has more.</summary>
    private const int FewestPoints = 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly StandaloneMonitor _monitor;
    private readonly AlertReceivers _receivers;
    private readonly BusAgent _home;
    private readonly ITable _table;
    private readonly CancellationToken _cancellation;
    private int _rounds;
    private int _kills;

    private AlertDeathRun(StandaloneMonitor monitor, AlertReceivers receivers, BusAgent home, ITable table, CancellationToken cancellation) =>
        (_monitor, _receivers, _home, _table, _cancellation) = (monitor, receivers, home, table, cancellation);

    private string PointsFile => Path.Combine(_monitor.Folder, "points");

    /// <param name="tables">The connection string of a table service; null: the standalone monitor's file.</param>
    /// <param name="defect">One of <see cref="MortalVariables"/>; null: none.</param>
    public static async Task<AlertDeathRun> StartAsync(int seed, string? tables, string? defect, double faulty, CancellationToken cancellation)
    {
        var receivers = await AlertReceivers.StartAsync(seed, faulty);
        var monitor = await StandaloneMonitor.StartAsync(
            $"alert-deaths-{seed}",
            "MoneroCloud.MortalMonitor",
            config => config["alerts"] = new JsonObject { ["channels"] = new JsonArray(Mail(receivers), Webhook(receivers)) },
            [("SWEEP_SCHEDULE", "* * * * * *"), ("PROBE_SCHEDULE", "0 0 0 1 1 *"), (MortalVariables.Haste, "1"), .. Where(tables), .. Planted(defect)]);
        ITable table = tables is null
            ? new SqliteTable(Path.Combine(monitor.Folder, "data", "state.db"), new TableOptions(), TimeProvider.System)
            : new AzureTable(AzureTableClients.Of(tables, new TableOptions()), new TableOptions(), TimeProvider.System);
        monitor.Environment[MortalVariables.Points] = Path.Combine(monitor.Folder, "points");
        var home = await BusAgent.EnrolAsync(monitor, "home", TimeProvider.System.GetUtcNow(), HomeStory.Nodes);
        var run = new AlertDeathRun(monitor, receivers, home, table, cancellation);
        home.Do(HomeStory.Begin);
        await run.UntilAsync(() => Task.FromResult(home.Pending == 0), Patience);
        return run;
    }

    /// <summary>The numbered steps of one life in which alerts go out, however long that takes.</summary>
    public async Task<List<string>> PointsAsync()
    {
        _receivers.IsFaulty = false;
        await _monitor.EndAsync(Signals.Terminate);
        await _monitor.StartAgainAsync();
        var points = new List<string>();
        for (var began = TimeProvider.System.GetTimestamp(); points.Count < FewestPoints; points = Points())
        {
            Xunit.Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"only {points.Count} numbered steps");
            await RoundAsync();
        }

        _receivers.IsFaulty = true;
        return points;
    }

    /// <summary>One life and its end.</summary>
    public async Task DieAsync(AlertDeath death)
    {
        _kills += _monitor.EndsAsync().IsCompleted ? 0 : 1; // The one that was begun with.
        await EndAsync(Signals.Kill);
        _monitor.Environment.Remove(MortalVariables.At);
        if (death is AlertDeath.At at)
        {
            _monitor.Environment[MortalVariables.At] = at.Point;
        }

        _receivers.Expect(death, () => _monitor.Signal(Signals.Kill));
        _monitor.BeginAgain();
        var end = _monitor.EndsAsync();
        var life = death is AlertDeath.After after ? Task.Delay(after.Life, TimeProvider.System, _cancellation) : RoundAsync();
        await (death is AlertDeath.After ? RoundAsync(end, life) : Task.WhenAny(end, life));
        await EndAsync(Signals.Kill);
        _kills++;
    }

    /// <summary>Finishes what was begun, and counts.</summary>
    public async Task<AlertDeathTally> EndAsync()
    {
        _receivers.IsFaulty = false;
        _receivers.Expect(new AlertDeath.After(TimeSpan.Zero), () => { });
        _monitor.Environment.Remove(MortalVariables.At);
        _monitor.Environment[MortalVariables.Later] = Later;
        await _monitor.StartAgainAsync();
        await UntilAsync(async () => _home.Pending == 0 && !await StoredStory.IsUnfinishedAsync(_table, "home", _cancellation), Patience);
        Xunit.Assert.Equal(0, await _monitor.EndAsync(Signals.Terminate));
        return Tally(await StoredStory.ReadAsync(_table, "home", "nobody", _cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        await _home.DisposeAsync();
        await _monitor.DisposeAsync();
        await _receivers.DisposeAsync();
        await (_table is IAsyncDisposable table ? table.DisposeAsync() : ValueTask.CompletedTask);
    }

    /// <summary>Whatever had to be told over each channel, and what each receiver has.</summary>
    private AlertDeathTally Tally(StoredStory story)
    {
        var taken = _receivers.Taken;
        var keys = taken.ToHashSet(StringComparer.Ordinal);
        var logged = AlertLines.Count(_monitor.Output, "home");
        var due = (_rounds * HomeStory.AlertsOfARound) + 1;
        var told = story.Deliveries.Where(d => d.Channel is "mail" or "hook").GroupBy(d => (d.Channel, d.Alert.Id)).Select(g => g.First()).ToList();
        var arrived = told.Count(d => d.Refused is null ? keys.Contains(d.Message!) : logged.ContainsKey(d.Alert.Id));
        return new AlertDeathTally(
            _kills,
            2 * due,
            (2 * due) - arrived,
            keys.Count,
            taken.Count - keys.Count,
            _receivers.Unanswered,
            story.Deliveries.Where(d => d.Channel is "mail" or "hook").GroupBy(d => (d.Channel, d.Alert.Id)).Count(g => g.Select(d => d.Message).Distinct().Count() > 1),
            _receivers.Faults);
    }

    private List<string> Points() => [.. File.ReadAllLines(PointsFile).Select(FirstOf).Distinct().Where(p => !p.StartsWith("take reports", StringComparison.Ordinal))];

    private async Task RoundAsync() => await RoundAsync(null, null);

    /// <summary>Something happens, and all that can be told of it is told; or the life is over.</summary>
    private async Task RoundAsync(Task? end, Task? life)
    {
        var round = _rounds++;
        _home.Do(agent => HomeStory.Happen(agent, round));
        if (life is not null)
        {
            await Task.WhenAny(end!, life);
            return;
        }

        await UntilAsync(async () => _home.Pending == 0 && !await StoredStory.IsUnfinishedAsync(_table, "home", _cancellation), Longest, throws: false);
    }

    private async Task EndAsync(int signal)
    {
        if (!_monitor.EndsAsync().IsCompleted)
        {
            await _monitor.EndAsync(signal);
        }
    }

    private async Task UntilAsync(Func<Task<bool>> wanted, TimeSpan patience, bool throws = true)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !await wanted(); await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, _cancellation))
        {
            if (TimeProvider.System.GetElapsedTime(began) > patience)
            {
                if (throws)
                {
                    throw new TimeoutException($"not within {patience.TotalSeconds} s\n{string.Join('\n', _monitor.Output.TakeLast(40))}");
                }

                return;
            }
        }
    }

    /// <summary>Later comings by the same place are no other point.</summary>
    private static string FirstOf(string point) => $"{point[..point.LastIndexOf(' ')]} 1";

    private static JsonObject Mail(AlertReceivers receivers) => new()
    {
        ["name"] = "mail",
        ["kind"] = "smtp",
        ["host"] = "127.0.0.1",
        ["port"] = receivers.MailPort,
        ["security"] = "none",
        ["from"] = "monerocloud@example.org",
        ["to"] = new JsonArray("ops@example.org"),
        ["perMinute"] = 600,
    };

    private static JsonObject Webhook(AlertReceivers receivers) => new() { ["name"] = "hook", ["kind"] = "webhook", ["url"] = receivers.WebhookAddress.ToString() };

    private static (string, string)[] Where(string? tables) => tables is null ? [] : [(MortalVariables.Tables, tables)];

    private static (string, string)[] Planted(string? defect) => defect is null ? [] : [(MortalVariables.Defect, defect)];
}
