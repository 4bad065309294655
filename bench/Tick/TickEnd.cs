namespace MoneroCloud.Bench;

/// <summary>How a tick ended.</summary>
/// <param name="Answered">Nodes found working.</param>
internal sealed record TickEnd(int Answered, double Milliseconds);
