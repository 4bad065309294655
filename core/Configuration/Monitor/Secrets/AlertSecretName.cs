namespace MoneroCloud.Core;

/// <summary>
/// The name of the environment variable, or app setting, that holds a secret of alerting; the file says <c>env:NAME</c>. It begins with
/// <see cref="Prefix"/>, so that a configuration can never aim another secret of the monitor at an address.
/// </summary>
internal readonly record struct AlertSecretName
{
    public const string Prefix = "ALERT_";

    /// <summary>Stands before the name in the file.</summary>
    public const string Variable = "env:";

    public const string Rule =
        $"{Variable}{Prefix} and then 1 to 100 of A-Z, 0-9 and '_': the name of a variable; a secret itself must not stand in this file";

    private readonly string? _text;

    private AlertSecretName(string text) => _text = text;

    public static ValueShape.Text Shape { get; } = new(Rule, MonitorTextPatterns.AlertSecret);

    /// <param name="text">As the file has it.</param>
    public static bool TryParse(string? text, out AlertSecretName name)
    {
        name = default;
        if (text is null || TextRule.Problem(Shape, text) is not null)
        {
            return false;
        }

        name = new AlertSecretName(text[Variable.Length..]);
        return true;
    }

    /// <summary>The variable's name.</summary>
    public override string ToString() => _text ?? "";
}
