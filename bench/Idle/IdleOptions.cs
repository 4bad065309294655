using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>What the idle bench is asked to do.</summary>
internal sealed record IdleOptions
{
    public required Programs Programs { get; init; }

    public required ChildKind Kind { get; init; }

    /// <summary>The published <c>MoneroCloud.Functions</c>, for an agent that is enrolled with it over TLS; null: it has no monitor.</summary>
    public string? Monitor { get; init; }

    /// <summary>Of each supervisor.</summary>
    public required int Children { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>From "all answer" to the first sample.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>Between two samples.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>As a result states them.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["children"] = string.Create(CultureInfo.InvariantCulture, $"{Children} each ({Kind})"),
        ["settled"] = string.Create(CultureInfo.InvariantCulture, $"{Settle.TotalSeconds:0} s"),
        ["sampled every"] = string.Create(CultureInfo.InvariantCulture, $"{Period.TotalSeconds:0.#} s"),
    };
}
