using Spectre.Console;

namespace MoneroCloud.Agent;

/// <summary>What a command has around it: where it writes, the environment's variables, and the clock.</summary>
internal sealed record CommandShell
{
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>For tables; writes to the same place as <see cref="Output"/>.</summary>
    public required IAnsiConsole Tables { get; init; }

    /// <summary>The value of a variable; null where it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Of this process.</summary>
    public static CommandShell System()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Console.Profile.Width = 200;
        }

        return new CommandShell
        {
            Output = Console.Out,
            Error = Console.Error,
            Tables = AnsiConsole.Console,
            Variable = Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
        };
    }

    /// <summary>Says on the error output what is wrong.</summary>
    /// <returns>The exit code.</returns>
    public int Fail(int exit, string problem)
    {
        Error.WriteLine($"monerocloud: {problem}");
        return exit;
    }

    /// <summary>A variable that is set and not empty.</summary>
    public string? Given(string variable) => Variable(variable) is { Length: > 0 } value ? value : null;
}
