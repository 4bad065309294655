using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>An option as it stands among a node's arguments.</summary>
/// <param name="Value">From <c>--x=y</c> or <c>--x y</c>; null when there is none.</param>
/// <param name="Place">Of the option itself.</param>
internal sealed record GivenOption(ProgramOption Option, string? Value, ConfigText Place);
