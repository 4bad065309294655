namespace MoneroCloud.Tests;

/// <summary>One of the calls that a process makes to the outside.</summary>
/// <param name="Call">What it is and which one of its kind: the same in every run, in whatever order shards are worked through.</param>
/// <param name="Afterwards">It takes effect, and the process ends before it hears so; else it ends before the call.</param>
internal sealed record KillPoint(string Call, bool Afterwards);
