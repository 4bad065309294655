namespace MoneroCloud.Core;

/// <summary>The wire form of <c>get_height</c>'s result.</summary>
internal sealed record HeightResult(long? Height);
