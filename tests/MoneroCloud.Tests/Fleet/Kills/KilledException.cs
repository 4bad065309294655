namespace MoneroCloud.Tests;

/// <summary>The process is gone: what runs on in it reaches nothing any more.</summary>
internal sealed class KilledException(string call) : Exception($"killed at: {call}");
