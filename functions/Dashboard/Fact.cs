namespace MoneroCloud.Functions;

/// <summary>One thing that is known, as a line of a table.</summary>
public sealed record Fact(string Name, string Value);
