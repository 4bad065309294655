namespace MoneroCloud.Core;

/// <summary>Free and total space at the wallet's folder, in bytes.</summary>
public sealed record DiskSighting(long Free, long Total);
