using System.Collections.Immutable;

namespace MoneroCloud.Agent;

/// <summary>The machine's answer to one event.</summary>
internal sealed record MachineStep(MachineState Next, ImmutableArray<ProcessEffect> Effects);
