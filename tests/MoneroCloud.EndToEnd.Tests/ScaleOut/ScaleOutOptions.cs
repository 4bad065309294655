using MoneroCloud.MortalMonitor;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>One run of several instances over one table.</summary>
internal sealed record ScaleOutOptions
{
    public const int Instances = 4;

    /// <summary>The program as it is deployed, or the one that can be told to die at a step.</summary>
    public string Program { get; init; } = "MoneroCloud.MortalMonitor";

    public bool IsMortal => Program == "MoneroCloud.MortalMonitor";

    /// <summary>How long things happen; what was begun is finished after it.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Whether processes are killed meanwhile.</summary>
    public bool Kills { get; init; } = true;

    /// <summary>Whether some processes kill themselves at a numbered step, too.</summary>
    public bool DiesAtSteps { get; init; }

    public int Hosts { get; init; } = 3;

    /// <summary>Nodes without an agent, which go down and up.</summary>
    public int Stubs { get; init; } = 12;

    /// <summary>How often a node may hang, all together.</summary>
    public int Hangs { get; init; } = int.MaxValue;

    /// <summary>Nodes that are declared and not probed: with more than 300 each shard is probed by a message of its own.</summary>
    public int Disabled { get; init; }

    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>One of <see cref="MortalVariables"/>; null: none.</summary>
    public string? Defect { get; init; }

    /// <summary>For what is due minutes after a process died: shorter where the clock can be set forward.</summary>
    public TimeSpan Patience => Defect is not null ? TimeSpan.FromSeconds(30) : IsMortal ? TimeSpan.FromMinutes(2) : TimeSpan.FromMinutes(8);
}
