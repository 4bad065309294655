using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Where the key for a monitor comes from: a file, or a variable. Never the command line, which everybody on the machine can read.</summary>
internal abstract record RemoteKey
{
    private RemoteKey()
    {
    }

    public sealed record Found(MonitorKey Key) : RemoteKey;

    public sealed record None : RemoteKey;

    /// <param name="Problem">One sentence, without the key.</param>
    public sealed record Bad(string Problem) : RemoteKey;

    /// <param name="file">Wins over the variable; null when none is named.</param>
    public static RemoteKey Read(string? file, CommandShell shell)
    {
        if (file is not null)
        {
            var path = Path.GetFullPath(file);
            return SecretReader.FromFile(path, out var problem) is { } secret ? Of(secret.Reveal(), path) : new Bad($"--key-file: {problem}");
        }

        return shell.Given(Names.KeyVariable) is { } value ? Of(value, $"the variable {Names.KeyVariable}") : new None();
    }

    private static RemoteKey Of(string text, string source) => MonitorKey.TryParse(text, out var key)
        ? new Found(key)
        : new Bad($"{source} holds no key: that is 1 to {MonitorKey.MaxLength} printable characters without spaces, on one line");
}
