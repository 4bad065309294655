namespace MoneroCloud.Testing;

/// <summary>A request as it came: everything before the body, and the body.</summary>
public sealed record PeerRequest(string Head, string Body)
{
    /// <summary>The first value of a header; null when there is none.</summary>
    public string? Header(string name) => Head.Split("\r\n")
        .Select(line => line.Split(": ", 2))
        .FirstOrDefault(pair => pair.Length == 2 && pair[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];
}
