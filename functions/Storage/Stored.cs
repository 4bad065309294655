namespace MoneroCloud.Functions;

/// <summary>Something as it was read, with the version under which it may be replaced; null for what is new.</summary>
internal sealed record Stored<T>(T Value, string? Version)
    where T : class;
