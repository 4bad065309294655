using System.Security.Cryptography;

namespace MoneroCloud.Bench;

/// <summary>The settings of a handler that is asked for pages only: there is no bus where its address says.</summary>
internal static class HandlerSettings
{
    public static Dictionary<string, string> Of(string table, string viewer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new Dictionary<string, string>
        {
            ["MONITOR_SIGNING_KEY"] = key.ExportPkcs8PrivateKeyPem(),
            ["OPERATOR_KEY"] = new string('o', viewer.Length),
            ["VIEWER_KEY"] = viewer,
            ["AzureWebJobsStorage"] = table,
            ["ServiceBus"] = "Endpoint=sb://127.0.0.1:9;SharedAccessKeyName=monitor;SharedAccessKey=key;UseDevelopmentEmulator=true",
        };
    }
}
