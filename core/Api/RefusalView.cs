namespace MoneroCloud.Core;

/// <summary>Messages that were refused for one reason.</summary>
public sealed record RefusalView(string Queue, string Reason, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt);
