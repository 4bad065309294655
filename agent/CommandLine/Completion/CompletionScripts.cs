using System.Reflection;

namespace MoneroCloud.Agent;

/// <summary>The scripts of the shells, <c>monerocloud.bash</c> and the others beside this file. Each asks the program itself what may stand at the cursor, so that they never fall behind it.</summary>
internal static class CompletionScripts
{
    /// <param name="shell">bash, zsh or fish.</param>
    public static string Of(string shell)
    {
        using var script = Assembly.GetExecutingAssembly().GetManifestResourceStream($"monerocloud.{shell}")
            ?? throw new ArgumentOutOfRangeException(nameof(shell), shell, "bash, zsh or fish");
        using var reader = new StreamReader(script);
        return reader.ReadToEnd();
    }
}
