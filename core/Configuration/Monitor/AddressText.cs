namespace MoneroCloud.Core;

/// <summary>Reads the addresses of monitor.json, as far as a pattern cannot judge them.</summary>
internal static class AddressText
{
    /// <returns>Null when it is missing or wrong, which is reported.</returns>
    public static Uri? Read(ConfigSection section, Setting setting)
    {
        if (section.Text(setting) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic)
        {
            section.Refuse(setting, "is not an address: its host, or its port, which is from 1 to 65535, is wrong");
            return null;
        }

        return address;
    }

    /// <summary>With the port of the scheme where it names none.</summary>
    public static Uri? ReadBus(ConfigSection section, Setting setting) => Read(section, setting) is not { } address ? null
        : new UriBuilder(address.Scheme, address.Host, address.Port > 0 ? address.Port : address.Scheme == "amqps" ? 5671 : MonitorConfig.BusPort).Uri;
}
