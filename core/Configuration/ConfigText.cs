namespace MoneroCloud.Core;

/// <summary>A text inside a list or a map of a configuration file.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Part">Where in its setting, such as <c>[2]</c> or <c>.HOME</c>.</param>
internal sealed record ConfigText(string Value, int Line, string Part);
