using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The monitor under the Functions host: Table Storage, Service Bus, keys from settings. Nothing of it connects before it is used.</summary>
internal static class HandlerSide
{
    public static SideResult Compose(AppSettings settings, TimeProvider time)
    {
        if (!TryKeys(settings, out var keys, out var error) || !ApiKeys.TryRead(settings, out var apiKeys, out error)
            || !TryTable(settings, time, out var table, out error) || !TryBus(settings, time, out var bus, out error)
            || !EasyAuth.TryRead(settings, out var easyAuth, out error))
        {
            return new SideResult.Refused(error, ExitCodes.Refused);
        }

        return new SideResult.Ready(new MonitorSide
        {
            Table = table!,
            Bus = bus,
            Sender = new MonitorBus(bus!),
            Keys = new MonitorKeys(keys),
            ApiKeys = apiKeys!,
            Agents = new DeployedBus(),
            EasyAuth = easyAuth,
            Tasks = [new OwnedTask("prepare the table", stop => TablePreparation.RunAsync(table!, time, stop))],
            Source = new IdleBus(),
            Owned = bus is null ? [] : [bus],
        });
    }

    /// <summary>Null where no store is set.</summary>
    public static ITable? Table(AppSettings settings, TimeProvider time) => TryTable(settings, time, out var table, out _) ? table : null;

    private static bool TryKeys(AppSettings settings, out ImmutableArray<SigningKey> keys, out string error)
    {
        (keys, error) = ([], "");
        foreach (var name in new[] { Names.SigningKeySetting, Names.OtherSigningKeySetting })
        {
            var pem = settings[name];
            if (string.IsNullOrEmpty(pem) && name == Names.OtherSigningKeySetting)
            {
                continue;
            }

            if (settings.IsUnresolved(name))
            {
                error = AppSettingText.Unresolved(name);
                return false;
            }

            if (!SigningKey.TryImportPem(pem, out var key, out var problem))
            {
                error = $"{name} is no P-256 key as PKCS#8 in PEM: {problem}";
                return false;
            }

            keys = keys.Add(key);
        }

        return true;
    }

    private static bool TryTable(AppSettings settings, TimeProvider time, out ITable? table, out string error)
    {
        (table, error) = (null, "");
        var options = new TableOptions();
        var section = settings.Section(Names.StorageSetting);
        try
        {
            table = settings[Names.StorageSetting] is { Length: > 0 } connection ? new AzureTable(AzureTableClients.Of(connection, options), options, time)
                : section.TryGetValue("accountName", out var account) ? new AzureTable(AzureTableClients.Of(account, section.GetValueOrDefault("clientId"), options), options, time)
                : null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or UriFormatException or InvalidOperationException)
        {
            error = $"{Names.StorageSetting} is no connection string of a storage account ({e.GetType().Name})";
            return false;
        }

        error = table is null ? $"neither {Names.StorageSetting} (a connection string) nor {Names.StorageSetting}__accountName is set" : "";
        return table is not null;
    }

    private static bool TryBus(AppSettings settings, TimeProvider time, out BusConnection? bus, out string error)
    {
        bus = ServiceBusSettings.Read(settings, out error) is { } address ? new BusConnection(address, new BusOptions(), time) : null;
        return bus is not null;
    }
}
