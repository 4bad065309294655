namespace MoneroCloud.Functions;

/// <summary>A lease that was taken.</summary>
/// <param name="Key">Its row.</param>
/// <param name="Holder">Who has it.</param>
/// <param name="Until">When it runs out unless renewed.</param>
/// <param name="Version">Of the row: with any other one it is somebody else's.</param>
internal sealed record Lease(RowKey Key, string Holder, DateTimeOffset Until, string Version);
