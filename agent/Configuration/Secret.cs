namespace MoneroCloud.Agent;

/// <summary>A secret's place and value. Its text shows the place only, so it cannot slip into a log.</summary>
internal sealed class Secret(string source, string value) : IEquatable<Secret>
{
    public string Source { get; } = source;

    /// <summary>The value itself; for the child's environment and for RPC calls, nothing else.</summary>
    public string Reveal() => value;

    public bool Equals(Secret? other) => other is not null && other.Source == Source && other.Reveal() == value;

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => HashCode.Combine(Source, value);

    public override string ToString() => Source;
}
