namespace MoneroCloud.Core;

/// <summary>The JSON Schema of monitor.json, for editors and <c>config schema --monitor</c>.</summary>
internal static class MonitorSchema
{
    public static string Text() => SchemaText.Of("MoneroCloud monitor.json", MonitorSettings.Shape);
}
