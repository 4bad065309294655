using System.Collections.Concurrent;
using Amqp.Framing;
using Amqp.Listener;

namespace MoneroCloud.Functions;

/// <summary>
/// What the broker says instead of what it would say, so that a client's reaction to a bus in trouble can be tried. Only tests have one.
/// </summary>
internal sealed class BrokerScript
{
    private readonly ConcurrentDictionary<ListenerLink, string> _links = [];

    /// <summary>A link is about to be opened to a queue, by a sender or by a receiver. Null: as usual; so too below.</summary>
    public Func<string, bool, QueueRefusal?> OnAttach { get; set; } = static (_, _) => null;

    /// <summary>A message has come for a queue.</summary>
    public Func<string, QueueRefusal?> OnSend { get; set; } = static _ => null;

    /// <summary>A token was shown.</summary>
    public Func<BrokerToken, BrokerTokenVerdict?> OnToken { get; set; } = static _ => null;

    /// <summary>Detaches every link that is open to the queue.</summary>
    public void Detach(string queue, string condition, string description)
    {
        foreach (var (link, _) in _links.Where(pair => pair.Value == queue))
        {
            link.Close(TimeSpan.Zero, new Error(condition) { Description = description });
        }
    }

    /// <summary>Closes every connection that has a link open to the queue.</summary>
    public void CloseConnections(string queue, string condition, string description)
    {
        foreach (var connection in _links.Where(pair => pair.Value == queue).Select(pair => pair.Key.Session.Connection).Distinct().ToArray())
        {
            connection.Close(TimeSpan.Zero, new Error(condition) { Description = description });
        }
    }

    public void Opened(ListenerLink link, string queue)
    {
        _links[link] = queue;
        link.AddClosedCallback((_, _) => _links.TryRemove(link, out _));
    }
}
