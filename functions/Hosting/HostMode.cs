using System.Net;

namespace MoneroCloud.Functions;

/// <summary>Who calls the triggers: the Functions host that started this program, or the program itself.</summary>
internal abstract record HostMode
{
    /// <summary>Where clients and the host reach it.</summary>
    public required IPEndPoint Listen { get; init; }

    private HostMode()
    {
    }

    /// <summary>Started by the Functions host, which then calls <c>POST /NAME</c> on loopback. It never ends with code 0, for then the host would not start it again.</summary>
    public sealed record Handler : HostMode;

    /// <summary>Started by anything else: timers and bus receivers run here, and the listener has no trigger endpoint.</summary>
    public sealed record Standalone : HostMode;
}
