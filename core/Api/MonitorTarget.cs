namespace MoneroCloud.Core;

/// <summary>Where a monitor is and how to ask it.</summary>
public sealed record MonitorTarget
{
    /// <summary>
    /// Scheme, host and port; nothing else. https, or http on this machine; http to another one only with <see cref="AllowPlainHttp"/>.
    /// </summary>
    public required Uri Address { get; init; }

    /// <summary>Null asks without one: that is enough for the health alone.</summary>
    public MonitorKey? Key { get; init; }

    /// <summary>Take http to another machine, where everybody on the way reads the key and can give orders with it.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>For one call from connect to the last byte, beside what the monitor itself is asked to wait; 100 ms to 10 min.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong with it, as the rest of a sentence that begins with "the monitor's address"; null when nothing is.</summary>
    public string? Problem()
    {
        if (!Address.IsAbsoluteUri || (Address.Scheme != Uri.UriSchemeHttps && Address.Scheme != Uri.UriSchemeHttp))
        {
            return "has to begin with https:// or http://";
        }

        if (Address.UserInfo.Length > 0 || Address.PathAndQuery != "/" || Address.Fragment.Length > 0)
        {
            return "is scheme, host and port, and nothing else";
        }

        if (Address.Scheme == Uri.UriSchemeHttp && !Address.IsLoopback && !AllowPlainHttp)
        {
            return "has to be https: over http to another machine the key could be read on the way";
        }

        return Deadline < TimeSpan.FromMilliseconds(100) || Deadline > TimeSpan.FromMinutes(10)
            ? $"is asked with a deadline of {Deadline}; it has to be 100 ms to 10 min"
            : null;
    }
}
