using System.Collections.Immutable;
using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>One child of one supervisor.</summary>
internal sealed record ChildSpec
{
    public required string Name { get; init; }

    public required int Port { get; init; }

    /// <summary>The executable, absolute.</summary>
    public required string Program { get; init; }

    /// <summary>Without the port, which monerocloud adds by itself.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>False for a control: its supervisor is told not to start it again.</summary>
    public bool Restarted { get; init; } = true;

    /// <summary>The whole command, the same whoever starts it.</summary>
    public IEnumerable<string> Command =>
        [Program, .. Arguments, PortMark.Option, Port.ToString(CultureInfo.InvariantCulture), "--non-interactive"];
}
