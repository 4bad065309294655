using System.Text.Json;

namespace MoneroCloud.Agent;

/// <summary>Asks a monitor to take this agent.</summary>
/// <param name="Name">The agent's.</param>
/// <param name="Key">The public half of its key, as JWK.</param>
/// <param name="Replace">Also where one of that name is enrolled already.</param>
internal sealed record EnrolmentRequest(string Name, JsonElement Key, bool Replace);
