using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>Who listens on the node's port, by sock_diag; nothing is connected to.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NotLooked), "not_looked")]
[JsonDerivedType(typeof(Nobody), "nobody")]
[JsonDerivedType(typeof(Own), "own")]
[JsonDerivedType(typeof(NotPermitted), "not_permitted")]
[JsonDerivedType(typeof(Taken), "taken")]
public abstract record PortSighting
{
    private PortSighting()
    {
    }

    public sealed record NotLooked : PortSighting;

    public sealed record Nobody : PortSighting;

    /// <summary>The node's own process listens.</summary>
    /// <param name="AcceptQueue">Connections that wait to be accepted: 0 when healthy, at least 1 once a request is stuck.</param>
    public sealed record Own(int AcceptQueue) : PortSighting;

    /// <summary>Somebody listens, and /proc does not let us read who.</summary>
    public sealed record NotPermitted(int AcceptQueue) : PortSighting;

    /// <summary>Another process listens.</summary>
    /// <param name="Pid">Null when no process we may read holds the socket, yet it is certainly not ours.</param>
    /// <param name="Name">The process's comm; null as <paramref name="Pid"/>.</param>
    public sealed record Taken(int? Pid, string? Name) : PortSighting;
}
