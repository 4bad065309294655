namespace MoneroCloud.Core;

/// <summary>What hides an open incident.</summary>
/// <param name="By">A silence's or a maintenance's id with its comment, the agent that is silent, the daemon that is down.</param>
/// <param name="Until">When it ends by itself; null where it lasts as long as another's trouble.</param>
public sealed record Hold(string By, DateTimeOffset Since, DateTimeOffset? Until);
