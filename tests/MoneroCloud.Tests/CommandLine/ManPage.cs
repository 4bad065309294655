using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace MoneroCloud.Tests;

/// <summary>The manual page, monerocloud(1): what is written by hand around a list of the commands and options as the program has them.</summary>
internal sealed class ManPage
{
    /// <summary>An option of more commands than these stands once for all.</summary>
    private const int Few = 5;

    private readonly StringBuilder _text = new();
    private readonly (string Usage, Command Command)[] _commands;
    private readonly Option[] _common;

    private ManPage(RootCommand root)
    {
        _commands = [.. root.Subcommands.SelectMany(c => Leaves("monerocloud", c))];
        _common = [.. root.Options.Concat(_commands.SelectMany(c => c.Command.Options)).Where(Shown).GroupBy(o => (o.Name, o.Description))
            .Where(same => same.First().Recursive || same.Count() > Few).Select(same => same.First()).OrderBy(o => o.Name, StringComparer.Ordinal)];
    }

    /// <param name="root">The commands.</param>
    /// <param name="frame">The page with a line <c>@COMMANDS@</c> and a line <c>@OPTIONS@</c>.</param>
    public static string Of(RootCommand root, string frame)
    {
        var page = new ManPage(root);
        foreach (var line in frame.Split('\n')[..^1])
        {
            page.AddLine(line);
        }

        return page._text.ToString();
    }

    private static IEnumerable<(string Usage, Command Command)> Leaves(string path, Command command)
    {
        var here = $"{path} {command.Name}";
        if (command.Action is not null)
        {
            yield return (string.Join(' ', [here, .. command.Arguments.Where(a => !a.Hidden).Select(Usage)]), command);
        }

        foreach (var leaf in command.Subcommands.Where(c => !c.Hidden).SelectMany(c => Leaves(here, c)))
        {
            yield return leaf;
        }
    }

    private static string Usage(Argument argument) => argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name;

    private static bool Shown(Option option) => !option.Hidden && option is not (HelpOption or VersionOption);

    private static string Escaped(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.Length > 0 && escaped[0] is '.' or '\'' ? "\\&" + escaped : escaped;
    }

    private void AddLine(string line)
    {
        switch (line)
        {
            case "@COMMANDS@":
                foreach (var (usage, command) in _commands)
                {
                    AddCommand(usage, command);
                }

                break;
            case "@OPTIONS@":
                AddOptions(_common);
                break;
            default:
                _text.Append(line).Append('\n');
                break;
        }
    }

    private void AddCommand(string usage, Command command)
    {
        _text.Append($".TP\n.B {Escaped(usage)}\n{Escaped(command.Description ?? "")}.\n");
        var own = command.Options.Where(Shown).Where(o => !_common.Any(c => (c.Name, c.Description) == (o.Name, o.Description))).ToArray();
        if (own.Length > 0)
        {
            _text.Append(".RS\n");
            AddOptions(own);
            _text.Append(".RE\n");
        }
    }

    private void AddOptions(IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            string[] names = [.. option.Aliases.Order(StringComparer.Ordinal), option.Name];
            var value = option.ValueType == typeof(bool) ? "" : $" {(option.HelpName ?? option.Name.TrimStart('-')).ToUpperInvariant()}";
            _text.Append($".TP\n.B {Escaped(string.Join(", ", names) + value)}\n{Escaped(option.Description ?? "")}.\n");
        }
    }
}
