namespace MoneroCloud.Core;

/// <summary>
/// The name of the environment variable, or secret setting, that holds a node's RPC login. It begins with <see cref="Prefix"/>, so that a configuration can
/// never aim another secret of the monitor at an address.
/// </summary>
internal readonly record struct LoginSecretName
{
    public const string Prefix = "NODE_LOGIN_";

    private readonly string? _text;

    private LoginSecretName(string text) => _text = text;

    public static bool TryParse(string? text, out LoginSecretName name)
    {
        name = default;
        if (text is null || TextRule.Problem(MonitorNodeSettings.LoginSecretShape, text) is not null)
        {
            return false;
        }

        name = new LoginSecretName(text);
        return true;
    }

    /// <summary>The login that the variable holds.</summary>
    /// <param name="problem">What is wrong, without the secret; null when the login is returned.</param>
    public RpcLogin? Read(IReadOnlyDictionary<string, string> variables, out string? problem)
    {
        RpcLogin? login = null;
        problem = !variables.TryGetValue(ToString(), out var value) || value.Length == 0 ? $"{this} is not set"
            : value.Any(char.IsControl) ? $"{this} holds more than one line, or control characters"
            : !RpcLogin.TryParse(value, out login) || value.EndsWith(':') ? $"{this} does not hold user:password"
            : null;
        return problem is null ? login : null;
    }

    public override string ToString() => _text ?? "";
}
