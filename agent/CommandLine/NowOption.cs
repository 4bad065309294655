using System.CommandLine;
using System.CommandLine.Parsing;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>--now [DURATION]</c> of <c>restart</c> and <c>stop</c>: SIGKILL after that, instead of after the node's stop budget.</summary>
internal sealed class NowOption
{
    /// <summary>Without a duration.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(Order.MostKillAfterMs);

    private readonly Option<string?> option = new("--now")
    {
        Description = $"SIGKILL after DURATION (default {DurationText.Format(Default)}), 0s to the node's stopBudget, instead of after that; what was not saved by then may be lost",
        HelpName = "DURATION",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Gives it to a command.</summary>
    public static NowOption On(Command command)
    {
        var now = new NowOption();
        command.Options.Add(now.option);
        command.Validators.Add(now.Validate);
        return now;
    }

    /// <summary>Null where it is not given.</summary>
    public TimeSpan? Of(ParseResult parsed) => parsed.GetResult(option) is not { Implicit: false } ? null
        : parsed.GetValue(option) is { } text && DurationText.TryParse(text, out var duration) ? duration
        : Default;

    private void Validate(CommandResult result)
    {
        if (result.GetResult(option) is not { Implicit: false } || result.GetValue(option) is not { } text)
        {
            return;
        }

        if (!DurationText.TryParse(text, out var duration))
        {
            result.AddError($"--now is '{text}': it must be {DurationText.Form}; a NODE stands before it");
        }
        else if (duration > Most)
        {
            result.AddError($"--now is {text}: out of range, 0s to {DurationText.Format(Most)} and to the node's stopBudget");
        }
    }
}
