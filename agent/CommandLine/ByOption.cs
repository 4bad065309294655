using System.CommandLine;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>--by NAME</c>: who does something, as he calls himself; the key proves only his role.</summary>
internal sealed class ByOption
{
    private const string UserVariable = "USER";
    private const int Longest = 64;

    private readonly Option<string?> option = new("--by") { Description = $"Who does it, as it will be shown (default: ${UserVariable})", HelpName = "NAME" };

    /// <summary>Gives it to a command.</summary>
    public static ByOption On(Command command)
    {
        var by = new ByOption();
        command.Options.Add(by.option);
        return by;
    }

    /// <summary>Null where nobody says it: the monitor then writes the role.</summary>
    public string? Of(ParseResult parsed, CommandShell shell) => parsed.GetValue(option)
        ?? (shell.Given(UserVariable) is { Length: <= Longest } user && ShownText.Printable(user) == user ? user : null);
}
