namespace MoneroCloud.Core;

/// <summary>The bounds of one bus connection. The defaults are meant for both sides.</summary>
public sealed record BusOptions
{
    private readonly TimeSpan _sendDeadline = TimeSpan.FromSeconds(20);
    private readonly TimeSpan _connectDeadline = TimeSpan.FromSeconds(15);
    private readonly TimeSpan _firstBackOff = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _longestBackOff = TimeSpan.FromSeconds(60);
    private readonly int _mostPendingSends = 1000;

    /// <summary>How this process is called in the broker's own log. Unique by default.</summary>
    public string ContainerId { get; init; } = $"monerocloud-{Guid.NewGuid():N}";

    /// <summary>From the call to its answer, waiting for a connection included: 10 ms to 5 min, 20 s by default.</summary>
    public TimeSpan SendDeadline
    {
        get => _sendDeadline;
        init => _sendDeadline = Bounded(value, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5), nameof(SendDeadline));
    }

    /// <summary>For name look-up, TCP, TLS, login and AMQP together, and for each link: 10 ms to 2 min, 15 s by default.</summary>
    public TimeSpan ConnectDeadline
    {
        get => _connectDeadline;
        init => _connectDeadline = Bounded(value, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(2), nameof(ConnectDeadline));
    }

    /// <summary>After the first failure, doubled after each further one: 10 ms to 1 min, 1 s by default.</summary>
    public TimeSpan FirstBackOff
    {
        get => _firstBackOff;
        init => _firstBackOff = Bounded(value, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), nameof(FirstBackOff));
    }

    /// <summary>10 ms to 10 min, 60 s by default.</summary>
    public TimeSpan LongestBackOff
    {
        get => _longestBackOff;
        init => _longestBackOff = Bounded(value, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10), nameof(LongestBackOff));
    }

    /// <summary>Sends that wait for their answer at one time, further ones are <see cref="BusSend.NotNow"/>: 1 to 100,000, 1,000 by default.</summary>
    public int MostPendingSends
    {
        get => _mostPendingSends;
        init => _mostPendingSends = value is >= 1 and <= 100_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MostPendingSends), value, "1 to 100,000");
    }

    private static TimeSpan Bounded(TimeSpan value, TimeSpan least, TimeSpan most, string name) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"{least} to {most}");
}
