namespace MoneroCloud.Bench;

/// <summary>A bench cannot go on, and why: shown without a stack.</summary>
internal sealed class BenchException(string message) : Exception(message);
