using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One channel over which alerts go.</summary>
internal interface INotifier
{
    /// <summary>As the configuration names it.</summary>
    string Channel { get; }

    /// <summary>Sends one alert. What the other side does is a value; an exception is a bug.</summary>
    /// <param name="delivery">The same for every try of this alert over this channel: what the receiver may drop repeats by.</param>
    Task<Notified> SendAsync(Alert alert, string delivery, CancellationToken cancellation);
}
