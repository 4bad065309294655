namespace MoneroCloud.Bench;

/// <summary>One form of the monitor, and what is measured beside it.</summary>
/// <param name="Store">Processes of the table service; none where the store is a part of the monitor.</param>
/// <param name="Beside">Processes that are neither.</param>
/// <param name="Requests">To the table service, since its start.</param>
/// <param name="WorkingAsync">Nodes that work, by the monitor's own word, at the end of a tick.</param>
internal sealed record ScaleParts(
    ITicker Monitor, IReadOnlyList<int> Store, IReadOnlyList<int> Beside, Func<int> Requests, Func<TickEnd, Task<int>> WorkingAsync);
