using MoneroCloud.Agent;
using Spectre.Console;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The same hostile rows, by the command line and as files.</summary>
public sealed partial class BrowserTests
{
    private static readonly string[] Commands =
    [
        "status", "history evil.node", "history evil.node --since 7d", "history evil.node --format csv", "history evil.node --json", "history evil.node --rollups hour --format csv",
        "incidents --all", $"incident {SeededFleet.Incident}", "silences", "alerts", "agents", "orders evil.node", $"order {SeededFleet.Order}",
    ];

    [Fact]
    public async Task No_command_shows_what_moves_a_terminal_no_cell_is_a_formula_and_no_metric_is_forged()
    {
        var shown = 0;
        foreach (var command in Commands)
        {
            var (output, error) = await AskAsync(command);
            var text = output + error;
            Assert.True(text.All(c => c is '\n' or '\r' || !char.IsControl(c)), $"{command}: {text}");
            Assert.DoesNotContain('\u202e', text);
            shown += text.Split("window.pwned=1</script>").Length - 1;
            if (command.Contains("csv", StringComparison.Ordinal))
            {
                Assert.DoesNotMatch("(?m)(^|,)\"?[=+@-](?![0-9.]+(,|\r?$))", output);
            }
        }

        Assert.InRange(shown, 20, 400);
        var (csv, _) = await AskAsync("history evil.node --format csv");
        Assert.Contains("\"'=HYPERLINK(", csv, StringComparison.Ordinal);
        Assert.Matches("(?m)(^|,)\"?[=+@-](?![0-9.]+(,|\r?$))", csv.Replace("'=", "=", StringComparison.Ordinal)); // It would have been found.

        const string Line = """^(# (HELP|TYPE) [^\x00-\x1f]+|[a-z_]+(\{([a-z_]+="([^"\\\x00-\x1f]|\\["\\n])*",?)+\})? [-+0-9.eENaInf]+)$""";
        var lines = (await fleet.Monitor.TextAsync("api/metrics")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches(Line, line));
        Assert.DoesNotMatch(Line, lines.First(l => l.Contains("window.pwned", StringComparison.Ordinal)).Replace("\\\"", "\"", StringComparison.Ordinal)); // Nor would this go through.
    }

    private async Task<(string Output, string Error)> AskAsync(string command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var tables = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        tables.Profile.Width = 200;
        var shell = new CommandShell { Output = output, Error = error, Tables = tables, Variable = _ => null, Time = TimeProvider.System };
        Assert.NotEqual(2, await CommandLineRoot.RunAsync([.. command.Split(' '), "--monitor", fleet.Monitor.Url.ToString(), "--key-file", fleet.Monitor.OperatorKeyFile], shell));
        return (output.ToString(), error.ToString());
    }
}
