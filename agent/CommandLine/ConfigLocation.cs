using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Where the configuration is, and the control socket of the agent that runs with it.</summary>
internal static class ConfigLocation
{
    /// <param name="option"><c>--config</c>, which wins over the environment, which wins over the system's place.</param>
    public static string Of(string? option) =>
        option ?? Variable() ?? Names.SystemConfig;

    /// <summary>
    /// The control socket of that configuration's agent. Only <c>stateFolder</c> is read: whoever may speak to the agent need not be able
    /// to read its secrets, and a file that is being edited must not cut the operator off.
    /// </summary>
    public static ControlClient Client(string? option) => new(Path.Combine(StateFolderReader.Read(Of(option), HostFacts.Read()), Names.ControlSocket));

    private static string? Variable() => Environment.GetEnvironmentVariable(Names.ConfigVariable) is { Length: > 0 } file ? file : null;
}
