namespace MoneroCloud.Bench;

/// <summary>What the scale bench is asked to do.</summary>
internal sealed record ScaleOptions
{
    /// <summary>The published <c>MoneroCloud.Functions</c>.</summary>
    public required string Monitor { get; init; }

    /// <summary>The published <c>MoneroCloud.TestBroker</c>.</summary>
    public required string Broker { get; init; }

    /// <summary>Azurite's <c>main.js</c> of the table service.</summary>
    public required string Azurite { get; init; }

    /// <summary>Sizes of the fleet, one after the other.</summary>
    public required IReadOnlyList<int> Nodes { get; init; }

    /// <summary>Handlers over one table.</summary>
    public required int Handlers { get; init; }

    /// <summary>Ticks of each form and size.</summary>
    public required int Rounds { get; init; }

    /// <summary>Ticks before the first that counts: the first makes all rows, the second finds all nodes up.</summary>
    public required int WarmUp { get; init; }
}
