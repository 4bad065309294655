using Azure.Identity;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Where the bus is and by what right, from the settings that the Functions host reads too: the connection string <c>ServiceBus</c>, or a
/// namespace and the app's managed identity.
/// </summary>
internal static class ServiceBusSettings
{
    private const string Namespace = "fullyQualifiedNamespace";
    private const string ClientId = "clientId";
    private const string Credential = "credential";
    private const string ManagedIdentity = "managedidentity";
    private const string TransportType = "transportType";
    private const int Retries = 2;

    /// <param name="settings">Of the app.</param>
    /// <param name="error">Names the setting, its value unless it is a secret, and the rule; empty where there is an address.</param>
    public static BusAddress? Read(AppSettings settings, out string error)
    {
        var section = settings.Section(Names.ServiceBusSetting).Where(pair => pair.Value.Length > 0).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        var text = settings[Names.ServiceBusSetting] is { Length: > 0 } set ? set : null;
        var host = section.GetValueOrDefault(Namespace);
        error = (text, host) switch
        {
            (null, null) => $"neither {Names.ServiceBusSetting} (a connection string) nor {Name(Namespace)} (with a managed identity) is set: the bus is needed to send alerts, orders and acks",
            (not null, not null) => $"{Names.ServiceBusSetting} and {Name(Namespace)} are both set: a connection string or an identity, not both",
            _ => "",
        };
        return error.Length > 0 ? null : text is not null ? OfConnectionString(text, out error) : OfIdentity(host!, section, out error);
    }

    private static BusAddress? OfConnectionString(string text, out string error)
    {
        error = BusAddress.TryParse(text, out var address, out var problem) ? "" : $"{Names.ServiceBusSetting}: {problem}";
        if (address is { EntityPath: { } queue })
        {
            error = $"{Names.ServiceBusSetting}: EntityPath={queue}: the monitor uses several queues, so its key has to be the namespace's";
        }

        return error.Length == 0 ? address : null;
    }

    private static BusAddress? OfIdentity(string host, Dictionary<string, string> section, out string error)
    {
        var (clientId, credential, transport) = (section.GetValueOrDefault(ClientId), section.GetValueOrDefault(Credential), section.GetValueOrDefault(TransportType));
        var webSocket = BusRules.IsWebSocket(transport);
        error = !IsName(host) ? Bad(Namespace, host, "a name such as NS.servicebus.windows.net, without a scheme, a port or a path")
            : clientId is not null && !Guid.TryParseExact(clientId, "D", out _) ? Bad(ClientId, clientId, "the client id of a user-assigned identity: a UUID, or nothing for the app's own")
            : credential is not null && !credential.Equals(ManagedIdentity, StringComparison.OrdinalIgnoreCase) ? Bad(Credential, credential, $"{ManagedIdentity}, or nothing")
            : webSocket is null ? Bad(TransportType, transport!, BusRules.TransportTypes)
            : "";
        if (error.Length > 0)
        {
            return null;
        }

        var identity = clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId);
        var options = new ManagedIdentityCredentialOptions(identity);
        options.Retry.MaxRetries = Retries;
        var who = clientId is null ? "the app's managed identity" : $"the managed identity {clientId}";
        return BusAddress.OfNamespace(host, new BusCredential.Identity(who, new EntraTokens(new ManagedIdentityCredential(options))), webSocket!.Value);
    }

    private static bool IsName(string host) => host.Length <= 253 && host.Contains('.', StringComparison.Ordinal) &&
        host.Split('.').All(label => label.Length is >= 1 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));

    private static string Name(string key) => $"{Names.ServiceBusSetting}__{key}";

    private static string Bad(string key, string value, string rule) => $"{Name(key)} is \"{value}\": it has to be {rule}";
}
