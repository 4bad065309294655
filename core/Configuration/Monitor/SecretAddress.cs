namespace MoneroCloud.Core;

/// <summary>
/// An address that may be a secret, as a file names it: itself, or as <c>env:NAME</c> a variable that holds it. That name begins with <c>ALERT_</c>, so that a
/// configuration can never send another secret of the monitor out. Its text never shows the address.
/// </summary>
internal sealed class SecretAddress
{
    private const string Variable = "env:";

    private readonly SecretUrl? _url;
    private readonly string? _name;

    private SecretAddress(SecretUrl? url, string? name) => (_url, _name) = (url, name);

    /// <param name="text">As <see cref="WatchTextPatterns.SecretAddress"/> has it.</param>
    public static SecretAddress? TryParse(string text) =>
        text.StartsWith(Variable, StringComparison.Ordinal) ? new SecretAddress(null, text[Variable.Length..])
        : SecretUrl.TryParse(text) is { } url ? new SecretAddress(url, null)
        : null;

    /// <param name="problem">What is wrong with the variable, without what it holds; null when the address is returned.</param>
    public SecretUrl? Read(IReadOnlyDictionary<string, string> variables, out string? problem)
    {
        problem = null;
        if (_name is null)
        {
            return _url;
        }

        var text = variables.GetValueOrDefault(_name) ?? "";
        var url = SecretUrl.TryParse(text);
        problem = url is not null ? null
            : text.Length == 0 ? $"{_name} is not set"
            : text.Any(char.IsControl) ? $"{_name} holds more than one line, or control characters"
            : $"{_name} holds no http or https address";
        return url;
    }

    public override string ToString() => _url?.ToString() ?? Variable + _name;
}
