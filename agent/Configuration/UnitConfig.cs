namespace MoneroCloud.Agent;

/// <summary>The systemd unit that runs a watched node.</summary>
/// <param name="Name">In full, a service: <c>wallet.service</c>.</param>
/// <param name="OfUser">Of the agent's user's own manager (<c>systemctl --user</c>), not the system's.</param>
/// <param name="Systemctl">The program, absolute.</param>
internal sealed record UnitConfig(string Name, bool OfUser, string Systemctl);
