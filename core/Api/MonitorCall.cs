using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Core;

/// <summary>One call of the API: what is asked, and how the answer is read.</summary>
/// <param name="Method">GET, POST or DELETE.</param>
/// <param name="Path">Below the address, with its query; escaped.</param>
/// <param name="Read">From the status and the JSON of a good answer; null when it is JSON's null.</param>
internal sealed record MonitorCall<T>(HttpMethod Method, string Path, Func<int, ReadOnlyMemory<byte>, T?> Read)
    where T : class
{
    public MonitorCall(HttpMethod method, string path, JsonTypeInfo<T> answer)
        : this(method, path, (_, body) => JsonSerializer.Deserialize(body.Span, answer))
    {
    }

    /// <summary>How long the monitor itself is asked to wait; comes on top of the deadline.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>JSON; empty where the query says it all.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>503 is an answer too: of the health.</summary>
    public bool TakesUnavailable { get; init; }
}
