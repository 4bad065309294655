namespace MoneroCloud.Functions;

/// <summary>One channel over which alerts go.</summary>
internal interface INotifier
{
    /// <summary>As the configuration names it.</summary>
    string Channel { get; }

    /// <summary>Sends one message. What the other side does is a value; an exception is a bug. Ends within 20 s.</summary>
    Task<Notified> SendAsync(Notice notice, CancellationToken cancellation);
}
