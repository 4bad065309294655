using System.CommandLine;
using System.CommandLine.Parsing;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>An option that is a duration between two bounds.</summary>
internal sealed class ForOption
{
    private readonly Option<string?> option;
    private readonly TimeSpan least;
    private readonly TimeSpan most;
    private readonly TimeSpan unit;

    private ForOption(string name, string description, TimeSpan least, TimeSpan most, TimeSpan unit)
    {
        option = new Option<string?>(name) { Description = description, HelpName = "DURATION" };
        (this.least, this.most, this.unit) = (least, most, unit);
    }

    /// <summary>Gives it to a command.</summary>
    /// <param name="unit">It has to be a multiple of it.</param>
    public static ForOption On(Command command, string name, string description, TimeSpan least, TimeSpan most, TimeSpan unit)
    {
        var made = new ForOption(name, description, least, most, unit);
        command.Options.Add(made.option);
        command.Validators.Add(made.Validate);
        return made;
    }

    /// <summary>Null where it is not given.</summary>
    public TimeSpan? Of(ParseResult parsed) => parsed.GetValue(option) is { } text && DurationText.TryParse(text, out var duration) ? duration : null;

    /// <summary>As the API wants it; null where it is not given.</summary>
    public int? Minutes(ParseResult parsed) => Of(parsed) is { } duration ? (int)duration.TotalMinutes : null;

    public bool IsIn(CommandResult result) => result.GetResult(option) is { Implicit: false };

    private void Validate(CommandResult result)
    {
        if (!IsIn(result) || result.GetValue(option) is not { } text)
        {
            return;
        }

        if (!DurationText.TryParse(text, out var duration))
        {
            result.AddError($"{option.Name} is '{ShownText.Printable(text)}': it must be {DurationText.Form}");
        }
        else if (duration < least || duration > most || duration.Ticks % unit.Ticks != 0)
        {
            result.AddError($"{option.Name} is {text}: {DurationText.Format(least)} to {DurationText.Format(most)}, in whole {(unit == TimeSpan.FromMinutes(1) ? "minutes" : "seconds")}");
        }
    }
}
