using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary><c>completion bash|zsh|fish</c>: the script with which a shell completes commands, options and the names of nodes.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    public static Command Build(CommandShell shell)
    {
        var which = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        which.AcceptOnlyFromAmong(Shells);
        var command = new Command("completion", "Print the script with which a shell completes commands, options and the names of nodes") { which };
        command.SetAction(parsed => shell.Output.Write(CompletionScripts.Of(parsed.GetValue(which)!)));
        return command;
    }
}
