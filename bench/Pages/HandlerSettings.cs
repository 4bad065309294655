using System.Security.Cryptography;

namespace MoneroCloud.Bench;

/// <summary>The settings of a handler that is asked for pages only: there is no bus where its address says.</summary>
internal static class HandlerSettings
{
    public static Dictionary<string, string> Of(string table, string operatorKey)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new Dictionary<string, string>
        {
            ["MONITOR_SIGNING_KEY"] = key.ExportPkcs8PrivateKeyPem(),
            ["OPERATOR_KEY"] = operatorKey,
            ["VIEWER_KEY"] = new string('v', operatorKey.Length),
            ["AzureWebJobsStorage"] = table,
            ["ServiceBus"] = "Endpoint=sb://127.0.0.1:9;SharedAccessKeyName=monitor;SharedAccessKey=key;UseDevelopmentEmulator=true",
        };
    }
}
