namespace MoneroCloud.Core;

/// <summary>A secret that alerting needs, and what it must look like.</summary>
/// <param name="Setting">The one that names it.</param>
/// <param name="Judge">What is wrong with a value, to stand after the variable's name and without the value; null when nothing is.</param>
internal sealed record AlertSecret(Setting Setting, AlertSecretName Name, Func<string, string?> Judge)
{
    public const int Longest = 4_096;

    /// <param name="problem">What is wrong, without the secret; null when it is returned.</param>
    public string? Read(IReadOnlyDictionary<string, string> variables, out string? problem)
    {
        problem = !variables.TryGetValue(Name.ToString(), out var value) || value.Length == 0 ? $"{Name} is not set"
            : value.Length > Longest ? $"{Name} holds more than {Longest} characters"
            : value.Any(char.IsControl) ? $"{Name} holds more than one line, or control characters"
            : Judge(value) is { } wrong ? $"{Name} {wrong}"
            : null;
        return problem is null ? value : null;
    }
}
