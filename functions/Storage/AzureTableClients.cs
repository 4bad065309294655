using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Clients of the table. None connects before its first call.</summary>
internal static class AzureTableClients
{
    private const int Retries = 2;

    /// <param name="connectionString">A secret.</param>
    /// <exception cref="ArgumentException">It is none; the message does not repeat it.</exception>
    public static TableClient Of(string connectionString, TableOptions options, string table = Names.StateTable)
    {
        try
        {
            return new TableClient(connectionString, table, Bounded(new TableClientOptions(), options));
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new ArgumentException($"{Names.StorageSetting} is no storage connection string, or has no table endpoint");
        }
    }

    /// <summary>With the app's managed identity.</summary>
    /// <param name="account">3 to 24 of a-z and 0-9.</param>
    /// <param name="clientId">Of a user-assigned identity; null for the system-assigned one.</param>
    /// <exception cref="ArgumentException">It is no account's name.</exception>
    public static TableClient Of(string account, string? clientId, TableOptions options, string table = Names.StateTable)
    {
        if (account.Length is < 3 or > 24 || !account.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
        {
            throw new ArgumentException($"{Names.StorageSetting}__accountName is '{account}', not 3 to 24 of a-z and 0-9");
        }

        var identity = clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId);
        return new TableClient(
            new Uri($"https://{account}.table.core.windows.net"),
            table,
            new ManagedIdentityCredential(Bounded(new ManagedIdentityCredentialOptions(identity), options)),
            Bounded(new TableClientOptions(), options));
    }

    // Three tries within the call's deadline, so that one lost packet does not take all of it.
    private static T Bounded<T>(T client, TableOptions options)
        where T : ClientOptions
    {
        client.Retry.MaxRetries = Retries;
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.Delay = TimeSpan.FromMilliseconds(200);
        client.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        client.Retry.NetworkTimeout = options.Deadline / 3;
        return client;
    }
}
