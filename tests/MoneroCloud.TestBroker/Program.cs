using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using MoneroCloud.Functions;

// The embedded broker as a process of its own, to be killed: PORT DATA-FILE QUEUE... One user, "monitor" with the key "key".
var settings = new BrokerSettings
{
    Endpoint = new IPEndPoint(IPAddress.Loopback, int.Parse(args[0], CultureInfo.InvariantCulture)),
    DataFile = args[1],
    SharedKeyOf = user => user == "monitor" ? "key" : null,
};
var start = EmbeddedBroker.Start(settings, (user, key) => (user, key) == ("monitor", "key") ? BrokerUser.Monitor : null, TimeProvider.System, NullLogger<EmbeddedBroker>.Instance);
if (start is not BrokerStart.Started { Broker: var broker })
{
    Console.Error.WriteLine(((BrokerStart.Refused)start).Why);
    return 1;
}

foreach (var queue in args[2..])
{
    await broker.DeclareQueueAsync(queue, new QueueSettings());
}

Console.WriteLine("ready");
await Console.In.ReadToEndAsync();
await broker.DisposeAsync();
return 0;
