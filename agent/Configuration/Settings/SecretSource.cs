using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How agent.json names a secret's place: <c>file:PATH</c> or <c>env:NAME</c>.</summary>
internal static class SecretSource
{
    public const string File = "file:";

    public const string Variable = "env:";

    public static ValueShape.Text Shape { get; } =
        new("file:PATH or env:NAME; a secret itself must not stand in this file", AgentTextPatterns.Secret);
}
