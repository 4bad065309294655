namespace MoneroCloud.Functions;

/// <summary>What is said of settings, the same wherever they are read.</summary>
internal static class AppSettingText
{
    public static string Unresolved(string setting) =>
        $"{setting} is a reference to the key vault that the platform could not resolve: the secret is missing there, or the app may not read it, or was not told yet that it may (docs/deploy.md)";
}
