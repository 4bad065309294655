using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A process ended while no agent was there to see it.</summary>
/// <param name="Life">Null where only its pid is known.</param>
internal sealed record UnseenEnd(ProcessIdentity? Life);
