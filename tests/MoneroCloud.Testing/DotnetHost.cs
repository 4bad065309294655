using System.Runtime.InteropServices;

namespace MoneroCloud.Testing;

/// <summary>The <c>dotnet</c> that runs this process, wherever it is installed and however this process was started.</summary>
public static class DotnetHost
{
    /// <summary>Absolute: <c>ROOT/dotnet</c>, where the runtime is <c>ROOT/shared/Microsoft.NETCore.App/VERSION/</c>.</summary>
    public static string File { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
