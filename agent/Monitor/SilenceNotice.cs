namespace MoneroCloud.Agent;

/// <summary>The agent's only outward alarm: its monitor has said nothing for too long.</summary>
internal sealed record SilenceNotice(string Text, string Agent, DateTimeOffset SilentSince);
