namespace MoneroCloud.Bench;

/// <summary>What the pages bench is asked to do.</summary>
internal sealed record PagesOptions
{
    public const string Sqlite = "SQLite";
    public const string Azurite = "Azurite";

    /// <summary>The published <c>MoneroCloud.Functions</c>.</summary>
    public required string Monitor { get; init; }

    /// <summary>The built <c>MoneroCloud.Bench.Seeder</c>.</summary>
    public required string Seeder { get; init; }

    /// <summary>Azurite's <c>main.js</c> of the table service.</summary>
    public required string AzuriteMain { get; init; }

    /// <summary>The <c>dotnet-gcdump</c> command.</summary>
    public required string GcDump { get; init; }

    /// <summary>Sizes of the fleet, one after the other.</summary>
    public required IReadOnlyList<int> Nodes { get; init; }

    /// <summary>Days of history.</summary>
    public required int Days { get; init; }

    /// <summary>Nodes with a past in a table: Azurite keeps all of it in memory.</summary>
    public required int TablePast { get; init; }

    /// <summary>Requests of each kind.</summary>
    public required int Requests { get; init; }

    /// <summary><see cref="Sqlite"/>, <see cref="Azurite"/> or both.</summary>
    public required IReadOnlyList<string> Stores { get; init; }

    /// <summary>How the kinds begin that are asked for; empty for all.</summary>
    public required string Only { get; init; }
}
