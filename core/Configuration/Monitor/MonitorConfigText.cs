using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// All that a monitor's configuration was made from, so that it can be stored and read again. It holds no secret: only their names may stand in it.
/// </summary>
/// <param name="Json">The file's text; null when there is no file.</param>
/// <param name="Overrides">The environment variables that override it.</param>
internal sealed record MonitorConfigText(string? Json, ImmutableSortedDictionary<string, string> Overrides);
