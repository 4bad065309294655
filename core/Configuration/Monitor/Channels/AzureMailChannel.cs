using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Mail over Azure Communication Services, with the app's managed identity.</summary>
internal sealed record AzureMailChannel(string Name) : ChannelConfig(Name)
{
    private static readonly Setting EndpointKey = new(
        "endpoint",
        new ValueShape.Text("an address such as https://NAME.europe.communication.azure.com, and nothing else", MonitorTextPatterns.AzureMailEndpoint),
        "The Communication Services resource. The identity's token goes to no other host.")
    {
        Required = true,
    };

    private static readonly Setting SenderKey = new("sender", ChannelSettings.MailShape, "The sender's address, of a domain that is connected to the resource.") { Required = true };

    private static readonly Setting ClientIdKey = new(
        "clientId",
        new ValueShape.Text("a client id: a GUID", MonitorTextPatterns.Guid),
        "The client id of a user-assigned identity.")
    {
        DefaultInWords = "the system-assigned identity",
    };

    public static ChannelKind Kind { get; } = new(
        "azureMail",
        "Mail over Azure Communication Services, with the app's managed identity.",
        [EndpointKey, SenderKey, ChannelSettings.Recipients, ClientIdKey],
        Read)
    {
        PerMinute = ChannelSettings.MailPerMinute,
    };

    /// <summary>Ends with '/'.</summary>
    public required Uri Endpoint { get; init; }

    public required string Sender { get; init; }

    /// <summary>At least one, none twice.</summary>
    public required ImmutableArray<string> To { get; init; }

    /// <summary>Null for the system-assigned identity.</summary>
    public string? ClientId { get; init; }

    private static AzureMailChannel? Read(ChannelSection channel)
    {
        var section = channel.Section;
        var (endpoint, sender, to) = (section.Text(EndpointKey), section.Text(SenderKey), channel.Addresses(ChannelSettings.Recipients));
        var clientId = section.Text(ClientIdKey);
        return endpoint is null || sender is null || to.IsEmpty
            ? null
            : new AzureMailChannel(channel.Name) { Endpoint = new Uri(endpoint), Sender = sender, To = to, ClientId = clientId };
    }
}
