using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The life that an order from afar is about: whoever ordered knew the node as it was a while ago.</summary>
/// <param name="Identity">Null when none ran, as far as was known.</param>
internal sealed record OrderAim(ProcessIdentity? Identity)
{
    /// <summary>The monitor itself wants the restart, for what was reported: only if that is still so.</summary>
    public bool Automatic { get; init; }

    /// <summary>Judged by the node's loop, so that nothing changes between the look and the deed.</summary>
    /// <param name="order">Only a restart and a stop have an aim.</param>
    /// <param name="living">The life that is there now.</param>
    /// <param name="wanted">The node is to run.</param>
    /// <returns>Null where the order is to be carried out.</returns>
    public OrderAnswer? Judge(NodeOrder order, ProcessIdentity? living, bool wanted) => order switch
    {
        not (NodeOrder.Restart or NodeOrder.Stop) => null,
        NodeOrder.Stop when living is null && !wanted => new OrderAnswer.Already("no process runs, and none is to run"),
        _ when living is null => null,
        NodeOrder.Stop when Identity is null => new OrderAnswer.Refused($"the order names no process, and pid {living.Pid} runs now"),
        _ when Identity is null => new OrderAnswer.Already($"there was no process; pid {living.Pid} runs now"),
        _ when Identity != living => new OrderAnswer.Already($"pid {Identity.Pid}, which was meant, is gone; pid {living.Pid} runs now"),
        _ => null,
    };
}
