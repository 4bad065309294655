using System.Diagnostics.CodeAnalysis;

namespace MoneroCloud.Core;

/// <summary>What a signed message is, in its header's <c>typ</c>: so that no message can be taken for one of another kind. A closed list.</summary>
public sealed record JwsType
{
    /// <summary>Agent to monitor: state and events. Signed with the agent's key.</summary>
    public static readonly JwsType Report = new("mc-report");

    /// <summary>Monitor to agent: what an operator wants. Signed with the monitor's key.</summary>
    public static readonly JwsType Order = new("mc-order");

    /// <summary>Monitor to agent: what is stored. Signed with the monitor's key.</summary>
    public static readonly JwsType Ack = new("mc-ack");

    /// <summary>An agent's proof that it has the private half of the key it enrols with. Signed with that key.</summary>
    public static readonly JwsType Enrol = new("mc-enrol");

    private JwsType(string name) => Name = name;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JwsType> All { get; } = [Report, Order, Ack, Enrol];

    /// <summary>As in the header.</summary>
    public string Name { get; }

    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out JwsType? type)
    {
        type = All.FirstOrDefault(known => known.Name == name);
        return type is not null;
    }

    public override string ToString() => Name;
}
