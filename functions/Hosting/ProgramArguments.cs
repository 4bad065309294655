namespace MoneroCloud.Functions;

/// <summary>The program's own arguments: all of them for the standalone monitor, since the Functions host gives none.</summary>
internal sealed record ProgramArguments
{
    public const string Usage = "usage: MoneroCloud.Functions [--config monitor.json] [--listen ADDRESS:PORT] [--where]";

    /// <summary>The configuration file, absolute; which must be there; null: monitor.json beside the program, which may be missing.</summary>
    public string? Config { get; init; }

    /// <summary>Do not start: print where the monitor is and where its keys are, as variables of a shell.</summary>
    public bool Where { get; init; }

    /// <summary>What is left for <see cref="StartUp"/>.</summary>
    public IReadOnlyList<string> Rest { get; init; } = [];

    /// <param name="error">Names the argument.</param>
    public static bool TryRead(IReadOnlyList<string> arguments, out ProgramArguments read, out string error)
    {
        (read, error) = (new ProgramArguments(), "");
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--where":
                    read = read with { Where = true };
                    break;
                case "--config" when i + 1 < arguments.Count && arguments[i + 1].Length > 0:
                    read = read with { Config = Path.GetFullPath(arguments[++i]) };
                    break;
                case "--config":
                    error = $"--config needs a file; {Usage}";
                    return false;
                default:
                    read = read with { Rest = [.. read.Rest, arguments[i]] };
                    break;
            }
        }

        return true;
    }
}
