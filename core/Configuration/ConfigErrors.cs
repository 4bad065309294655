using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Collects what is wrong with one file, so that an operator sees all of it at once.</summary>
internal sealed class ConfigErrors(string file)
{
    private const int MaxText = 1_000;

    private readonly List<ConfigError> _errors = [];
    private readonly List<ConfigError> _warnings = [];

    public bool Any => _errors.Count > 0;

    public ImmutableArray<ConfigError> Errors => InLineOrder(_errors);

    public ImmutableArray<ConfigError> Warnings => InLineOrder(_warnings);

    public void Refuse(int line, string path, string message, string? value = null, int? column = null, string? variable = null) =>
        _errors.Add(new ConfigError
        {
            File = file,
            Line = line,
            Variable = variable is null ? null : Printable(variable),
            Column = column,
            Path = Printable(path),
            Value = value,
            Message = Printable(message),
        });

    public void Warn(int line, string path, string message, string? variable = null) =>
        _warnings.Add(new ConfigError { File = file, Line = line, Variable = variable, Path = Printable(path), Message = Printable(message) });

    /// <summary>Keys and arguments are anybody's text, and a terminal obeys control characters.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Take(MaxText).Select(c => char.IsControl(c) ? '?' : c)) + (text.Length > MaxText ? "..." : "");

    private static ImmutableArray<ConfigError> InLineOrder(List<ConfigError> list) => [.. list.OrderBy(e => e.Line)];
}
