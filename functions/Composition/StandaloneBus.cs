using System.Net;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The standalone monitor's bus as agents see it: the embedded broker, with a password of their own each.</summary>
/// <param name="dial">Where agents dial it; null: where it listens.</param>
internal sealed class StandaloneBus(EmbeddedBroker broker, BusPasswords passwords, Uri? dial) : IAgentBus
{
    private static readonly QueueSettings Commands = new() { TimeToLive = TimeSpan.FromHours(1) };

    public string ConnectionString(NodeName agent) => For(BrokerUser.AgentName(agent));

    public Task DeclareAsync(NodeName agent) => broker.DeclareQueueAsync(Names.CommandsQueue(agent.ToString()), Commands);

    /// <summary>The queues that are there whatever agents are.</summary>
    public Task DeclareOwnAsync() =>
        Task.WhenAll(new[] { Names.ReportsQueue, Names.AlertsQueue, Names.ProbeShardsQueue }.Select(queue => broker.DeclareQueueAsync(queue, new QueueSettings())));

    public string OfMonitor() => For(BrokerUser.Monitor.Name, Reachable(broker.Endpoint), tls: false);

    private string For(string user) => dial is null
        ? For(user, Reachable(broker.Endpoint), tls: false)
        : For(user, $"{dial.IdnHost}:{dial.Port}", dial.Scheme == "amqps");

    private string For(string user, string host, bool tls) =>
        $"Endpoint=sb://{host}/;SharedAccessKeyName={user};SharedAccessKey={passwords.Of(user)}{(tls ? "" : ";UseDevelopmentEmulator=true")}";

    private static string Reachable(IPEndPoint listen) =>
        (listen.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, listen.Port)
        : listen.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, listen.Port)
        : listen).ToString();
}
