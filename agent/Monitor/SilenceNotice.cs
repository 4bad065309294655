namespace MoneroCloud.Agent;

/// <summary>The agent's only outward alarm: its monitor has said nothing for too long, or is heard again.</summary>
/// <param name="Event"><see cref="Silent"/> or <see cref="Heard"/>.</param>
/// <param name="Nodes">Nodes that the agent has.</param>
/// <param name="NotUp">Of these, those that should serve and do not.</param>
internal sealed record SilenceNotice(string Event, string Text, string Agent, DateTimeOffset SilentSince, int Nodes, int NotUp)
{
    public const string Silent = "monitor_silent";

    public const string Heard = "monitor_heard";
}
