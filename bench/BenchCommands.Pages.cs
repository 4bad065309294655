using System.CommandLine;

namespace MoneroCloud.Bench;

/// <summary>The command line of <c>pages</c>.</summary>
internal sealed partial class BenchCommands
{
    private readonly Option<string?> seeder = new("--seeder-binary") { Description = "the built MoneroCloud.Bench.Seeder", Recursive = true };
    private readonly Option<string?> gcdump = new("--gcdump") { Description = "the dotnet-gcdump command", Recursive = true };

    private Command Pages()
    {
        var nodes = new Option<int[]>("--nodes") { Description = "sizes of the fleet, ascending", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1_000, 5_500, 10_000] };
        var days = Number("--days", 90, "days of history");
        var past = Number("--table-past", 200, "nodes with a past where the store is a table");
        var requests = Number("--requests", 300, "requests of each kind, store and size");
        var stores = new Option<string[]>("--stores") { Description = "which of both", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [PagesOptions.Sqlite, PagesOptions.Azurite] };
        stores.AcceptOnlyFromAmong(PagesOptions.Sqlite, PagesOptions.Azurite);
        var only = new Option<string>("--only") { Description = "what is asked for begins so", DefaultValueFactory = _ => "" };
        var command = new Command("pages", "pages, API and metrics of a fleet with a past, over SQLite and over a table") { nodes, days, past, requests, stores, only };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            folder => new PagesBench(
                new PagesOptions
                {
                    Monitor = Needed(parsed, monitor),
                    Seeder = Needed(parsed, seeder),
                    AzuriteMain = Needed(parsed, azurite),
                    GcDump = Needed(parsed, gcdump),
                    Nodes = parsed.GetValue(nodes) ?? [],
                    Days = parsed.GetValue(days),
                    TablePast = parsed.GetValue(past),
                    Requests = parsed.GetValue(requests),
                    Stores = parsed.GetValue(stores) ?? [],
                    Only = parsed.GetValue(only) ?? "",
                },
                folder).RunAsync(cancellation),
            cancellation));
        return command;
    }
}
