using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.MortalMonitor;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A table service, a bus, several instances of the monitor and the platform before them.</summary>
internal sealed class ScaledFleet : IAsyncDisposable
{
    /// <summary>Within so long no more than <see cref="Share"/> of the fleet is restarted by automatic order.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Of the nodes.</summary>
    public const double Share = 0.1;

    /// <summary>What an agent has to tell comes again after so long: longer than a busy machine takes for it.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly RealAzurite _azurite;
    private readonly BrokerProcess _broker;
    private readonly BusConnection _bus;
    private readonly ScaleOutOptions _options;
    private readonly string _folder = TestRun.NewFolder("scale-out");

    private ScaledFleet(ScaleOutOptions options, RealAzurite azurite, BrokerProcess broker)
    {
        (_options, _azurite, _broker) = (options, azurite, broker);
        _bus = broker.Connect();
        var tableOptions = new TableOptions();
        Table = new AzureTable(AzureTableClients.Of(azurite.ConnectionString, tableOptions), tableOptions, TimeProvider.System);
        Stubs = [.. Enumerable.Range(0, options.Stubs).Select(i => new StubNode($"stub-{i}"))];
        Slots = [.. Enumerable.Range(0, ScaleOutOptions.Instances).Select(i => new HandlerSlot(at => RunAsync(i, at)))];
    }

    public ITable Table { get; }

    public IReadOnlyList<StubNode> Stubs { get; }

    public IReadOnlyList<HandlerSlot> Slots { get; }

    public ScaledHost Platform { get; private set; } = null!;

    public List<FleetHost> Hosts { get; } = [];

    /// <summary>Set: the clocks of processes that are started from now on are some minutes ahead.</summary>
    public bool IsLater { get; set; }

    private string ConfigFile => Path.Combine(_folder, "monitor.json");

    public static async Task<ScaledFleet> StartAsync(ScaleOutOptions options, CancellationToken cancellation)
    {
        var names = Enumerable.Range(0, options.Hosts).Select(i => $"host-{i}").ToList();
        var azurite = await RealAzurite.StartAsync();
        var broker = await BrokerProcess.StartAsync(cancellation, [Names.ReportsQueue, Names.AlertsQueue, Names.ProbeShardsQueue, .. names.Select(Names.CommandsQueue)]);
        var fleet = new ScaledFleet(options, azurite, broker);
        await File.WriteAllTextAsync(fleet.ConfigFile, fleet.Config().ToJsonString(), cancellation);
        await Task.WhenAll(fleet.Slots.Select(s => s.StartAsync()));
        foreach (var name in names)
        {
            var agent = await BusAgent.EnrolAsync(fleet.Slots[0].PostAsync, broker.Local, once: false, Again, name, TimeProvider.System.GetUtcNow(), FleetHost.Nodes);
            fleet.Hosts.Add(new FleetHost(agent, name));
        }

        fleet.Platform = new ScaledHost(fleet._bus, fleet.Slots, options.ProbeEvery);
        return fleet;
    }

    /// <summary>A step at which some process came by; null while none is known.</summary>
    public string? AnyStep()
    {
        var files = Directory.GetFiles(_folder, "points-*");
        var points = files.SelectMany(ReadShared).Select(p => p[..p.LastIndexOf(' ')]).Distinct().ToList();
        return points.Count == 0 ? null : $"{points[Random.Shared.Next(points.Count)]} {Random.Shared.Next(1, 4)}";
    }

    public async ValueTask DisposeAsync()
    {
        await (Platform?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var slot in Slots)
        {
            slot.Dispose();
        }

        foreach (var stub in Stubs)
        {
            await stub.DisposeAsync();
        }

        await _azurite.DisposeAsync();
        foreach (var host in Hosts)
        {
            await host.Agent.DisposeAsync();
        }

        await _bus.DisposeAsync();
        await _broker.DisposeAsync();
    }

    private Task<HandlerProcess> RunAsync(int slot, string? at)
    {
        var variables = new List<(string, string)>
        {
            (MortalVariables.Haste, "1"), (MortalVariables.Lease, "6"), (MortalVariables.Points, Path.Combine(_folder, $"points-{slot}")),
        };
        variables.AddRange(at is null ? [] : [(MortalVariables.At, at)]);
        variables.AddRange(IsLater ? [(MortalVariables.Later, "210")] : []);
        variables.AddRange(_options.Defect is { } defect ? [(MortalVariables.Defect, defect)] : []);
        return HandlerProcess.StartAsync(_options.Program, ConfigFile, _azurite.ConnectionString, _broker.Local, variables);
    }

    private JsonObject Config()
    {
        var nodes = Stubs.Select(s => Declared($"{s.Id}", s.Port, available: true))
            .Concat(Enumerable.Range(0, _options.Disabled).Select(i => Declared($"remote.off-{i}", 1, available: false)));
        return new JsonObject
        {
            ["nodes"] = new JsonObject(nodes),
            ["restarts"] = new JsonObject { ["share"] = Share, ["window"] = $"{Window.TotalSeconds:0}s", ["backOff"] = "1s", ["backOffMax"] = "1s" },
            ["alerts"] = new JsonObject { ["grace"] = "1s" },
        };
    }

    private static KeyValuePair<string, JsonNode?> Declared(string id, int port, bool available) =>
        new(id, new JsonObject { ["kind"] = "walletRpc", ["probeUrl"] = $"http://127.0.0.1:{port}", ["available"] = available });

    private static IEnumerable<string> ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            if (line.Contains(' ', StringComparison.Ordinal))
            {
                yield return line;
            }
        }
    }
}
