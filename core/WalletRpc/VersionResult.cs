namespace MoneroCloud.Core;

/// <summary>The wire form of <c>get_version</c>'s result; a daemon has more members.</summary>
internal sealed record VersionResult(int? Version);
