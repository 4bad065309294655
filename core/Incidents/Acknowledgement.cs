namespace MoneroCloud.Core;

/// <summary>Somebody sees to an incident: until then nobody is reminded of it.</summary>
/// <param name="By">Who, as he called himself.</param>
/// <param name="Until">After it, an incident that is still open is told again.</param>
public sealed record Acknowledgement(string By, DateTimeOffset At, DateTimeOffset Until, string? Comment);
