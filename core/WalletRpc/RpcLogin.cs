using System.Diagnostics.CodeAnalysis;

namespace MoneroCloud.Core;

/// <summary>The login of an RPC port. Its text never shows the value, so it cannot slip into a log.</summary>
public sealed class RpcLogin(string user, string password)
{
    internal string User { get; } = user;

    internal string Password { get; } = password;

    /// <summary>Reads <c>user:password</c> as <c>RPC_LOGIN</c> has it: the first colon divides, the user is not empty.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RpcLogin? login)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        login = colon > 0 ? new RpcLogin(text![..colon], text[(colon + 1)..]) : null;
        return login is not null;
    }

    public override string ToString() => "(login)";
}
