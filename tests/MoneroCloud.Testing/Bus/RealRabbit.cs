namespace MoneroCloud.Testing;

/// <summary>
/// Debian's RabbitMQ with its AMQP 1.0 plugin, on free loopback ports with its data in a folder of its own; durable queues <c>q</c> and
/// <c>dead</c>, where ends what q's receivers reject and what expires there. It is installed by <c>scripts/test</c>.
/// </summary>
public sealed class RealRabbit : IAsyncDisposable
{
    public const string User = "monitor";

    /// <summary>A secret of nobody.</summary>
    public const string Key = "rabbit-key";

    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    /// <summary>5 s on a machine with nothing else to do.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private const string Definitions = $$$"""
        {"users":[{"name":"{{{User}}}","password":"{{{Key}}}","tags":""}],"vhosts":[{"name":"/"}],
        "permissions":[{"user":"{{{User}}}","vhost":"/","configure":".*","write":".*","read":".*"}],
        "queues":[{"name":"q","vhost":"/","durable":true,"auto_delete":false,"arguments":{"x-dead-letter-exchange":"","x-dead-letter-routing-key":"dead"}},
        {"name":"dead","vhost":"/","durable":true,"auto_delete":false,"arguments":{}}]}
        """;

    private readonly string _folder = TestRun.NewFolder("rabbit");
    private readonly int _names = FreePort.Next();
    private readonly int _distribution = FreePort.Next();
    private RealProgram? _epmd;
    private RealProgram? _server;

    private RealRabbit()
    {
    }

    public int Port { get; } = FreePort.Next();

    public static async Task<RealRabbit> StartAsync()
    {
        var rabbit = new RealRabbit();
        File.WriteAllText(rabbit.At("rabbitmq.conf"), $"listeners.tcp.1 = 127.0.0.1:{rabbit.Port}\nload_definitions = {rabbit.At("definitions.json")}\nlog.console = false\n");
        File.WriteAllText(rabbit.At("definitions.json"), Definitions);
        File.WriteAllText(rabbit.At("plugins"), "[rabbitmq_amqp1_0].\n");

        // Erlang's name server, which would be left behind as a daemon of nobody: here it is a child like any other.
        rabbit._epmd = await RealProgram.StartAsync("epmd", ["-port", $"{rabbit._names}", "-address", "127.0.0.1"], new Dictionary<string, string>(), rabbit._folder, rabbit._names);
        try
        {
            await rabbit.StartAgainAsync();
            return rabbit;
        }
        catch
        {
            await rabbit.DisposeAsync();
            throw;
        }
    }

    /// <summary>On the same port and data.</summary>
    public async Task StartAgainAsync() => _server = await RealProgram.StartAsync(Server, [], new Dictionary<string, string>
    {
        ["RABBITMQ_NODENAME"] = $"rabbit{Port}@localhost",
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["RABBITMQ_CONFIG_FILE"] = At("rabbitmq.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = At("plugins"),
        ["RABBITMQ_MNESIA_BASE"] = At("mnesia"),
        ["RABBITMQ_LOG_BASE"] = At("log"),
        ["RABBITMQ_PID_FILE"] = At("pid"),
        ["RABBITMQ_DIST_PORT"] = $"{_distribution}",
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = $"{_names}",
    }, _folder, Port, StartLimit);

    /// <summary>kill -9, to it and to all it started.</summary>
    public async Task KillAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_epmd is { } epmd)
        {
            _epmd = null;
            await epmd.DisposeAsync();
        }
    }

    private string At(string file) => Path.Combine(_folder, file);
}
