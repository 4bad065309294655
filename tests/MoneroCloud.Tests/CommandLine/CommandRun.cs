using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Agent;
using Spectre.Console;

namespace MoneroCloud.Tests;

/// <summary>One run of the command line within this process: what it said, and how it ended.</summary>
internal sealed record CommandRun(int Exit, string Output, string Error)
{
    public const string Key = "a-key-nobody-may-see";

    /// <param name="variables">NAME=VALUE each.</param>
    public static Task<CommandRun> OfAsync(string[] arguments, string[] variables, TimeProvider? time = null) =>
        OfAsync(shell => CommandLineRoot.RunAsync(arguments, shell), variables, time);

    /// <param name="command">What is done in the shell; gives the exit code.</param>
    /// <param name="variables">NAME=VALUE each.</param>
    /// <param name="time">The clock; null: one that stands still.</param>
    public static async Task<CommandRun> OfAsync(Func<CommandShell, Task<int>> command, string[] variables, TimeProvider? time = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = variables.Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v[1]);
        var tables = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        tables.Profile.Width = 200;
        var shell = new CommandShell
        {
            Output = output,
            Error = error,
            Tables = tables,
            Variable = name => environment.GetValueOrDefault(name),
            Time = time ?? new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero },
        };
        return new CommandRun(await command(shell), output.ToString(), error.ToString());
    }

    /// <summary>Asks the monitor at that address, with a key.</summary>
    public static Task<CommandRun> OfAsync(Uri monitor, params string[] arguments) =>
        OfAsync(arguments, [$"MONEROCLOUD_MONITOR={monitor}", $"MONEROCLOUD_KEY={Key}"], TimeProvider.System);
}
