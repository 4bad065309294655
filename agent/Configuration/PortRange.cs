using System.Collections.Immutable;
using System.Globalization;

namespace MoneroCloud.Agent;

/// <summary>The ports the kernel gives to outgoing connections.</summary>
/// <param name="Low">The first, from ip_local_port_range.</param>
/// <param name="High">The last.</param>
/// <param name="Reserved">Kept out of it by ip_local_reserved_ports.</param>
internal sealed record PortRange(int Low, int High, ImmutableArray<(int First, int Last)> Reserved)
{
    /// <summary>The kernel may give it to an outgoing connection.</summary>
    public bool Contains(long port) => port >= Low && port <= High && !Reserved.Any(r => port >= r.First && port <= r.Last);

    /// <param name="range">Such as <c>32768 60999</c>.</param>
    /// <param name="reserved">Such as <c>8080,9148-9150</c>.</param>
    public static PortRange Parse(string range, string reserved)
    {
        var bounds = range.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new PortRange(Number(bounds[0]), Number(bounds[1]), [.. reserved.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Part)]);
    }

    private static (int First, int Last) Part(string text) =>
        text.Split('-') is [var first, var last] ? (Number(first), Number(last)) : (Number(text), Number(text));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
