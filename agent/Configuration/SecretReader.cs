using System.Text;
using System.Text.Unicode;

namespace MoneroCloud.Agent;

/// <summary>Fetches secrets from where agent.json says they stand. Nothing is kept: every load reads them again.</summary>
internal sealed class SecretReader(string folder, HostFacts host)
{
    private const int MaxBytes = 64 * 1024;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <param name="source">As <see cref="SecretSource"/> says.</param>
    /// <param name="problem">What is wrong, without the secret; null when it is returned.</param>
    public Secret? Read(string source, out string? problem)
    {
        if (source.StartsWith(SecretSource.File, StringComparison.Ordinal))
        {
            return FromFile(Path.GetFullPath(source[SecretSource.File.Length..], folder), out problem);
        }

        var variable = source[SecretSource.Variable.Length..];
        var value = host.Variable(variable);
        problem = value is null ? $"the environment variable {variable} is not set"
            : value.Any(char.IsControl) ? $"the environment variable {variable} holds more than one line, or control characters"
            : null;
        return problem is null ? new Secret(source, value!) : null;
    }

    /// <param name="path">Absolute.</param>
    public static Secret? FromFile(string path, out string? problem)
    {
        var content = RegularFile.Read(path, MaxBytes, out problem);
        problem = content is null ? $"{path} {problem}" : Problem(path, content);
        if (problem is not null)
        {
            return null;
        }

        var value = WithoutLineEnd(Encoding.UTF8.GetString(content!));
        problem = value.Any(char.IsControl) ? $"{path} holds more than one line, or control characters" : null;
        return problem is null ? new Secret(SecretSource.File + path, value) : null;
    }

    private static string? Problem(string path, byte[] content)
    {
        var mode = FileStatus.Of(path)?.Mode & Others;
        if (mode is not UnixFileMode.None)
        {
            return $"{path} is open to group or others: chmod 600 {path}";
        }

        return content.Length == 0 ? $"{path} is empty" : Utf8.IsValid(content) ? null : $"{path} is not UTF-8 text";
    }

    private static string WithoutLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
