using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>An option that is a moment of the past: how long ago, or a time of ISO 8601, in UTC unless it says otherwise.</summary>
internal sealed class MomentOption
{
    private const int MostDays = 3_650;
    private const string Form = "how long ago, such as 30m, 36h or 7d (3650d at most), or a time such as 2026-01-31 or 2026-01-31T12:00:00Z";

    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private readonly Option<string?> _option;

    private MomentOption(string name, string description) => _option = new Option<string?>(name) { Description = description, HelpName = "AGO|TIME" };

    /// <summary>Gives it to a command.</summary>
    public static MomentOption On(Command command, string name, string description)
    {
        var made = new MomentOption(name, description);
        command.Options.Add(made._option);
        command.Validators.Add(made.Validate);
        return made;
    }

    public bool IsIn(CommandResult result) => result.GetResult(_option) is { Implicit: false };

    /// <summary>Null where it is not given.</summary>
    public DateTimeOffset? Of(ParseResult parsed, DateTimeOffset now) => parsed.GetValue(_option) is { } text ? Read(text, now) : null;

    private void Validate(CommandResult result)
    {
        if (IsIn(result) && result.GetValue(_option) is { } text && Read(text, DateTimeOffset.MaxValue) is null)
        {
            result.AddError($"{_option.Name} is '{ShownText.Printable(text)}': {Form}");
        }
    }

    private static DateTimeOffset? Read(string text, DateTimeOffset now)
    {
        if (text is [.. var days, 'd'] && int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count is > 0 and <= MostDays ? now - TimeSpan.FromDays(count) : null;
        }

        if (DurationText.TryParse(text, out var ago))
        {
            return ago > TimeSpan.Zero && ago.TotalDays <= MostDays ? now - ago : null;
        }

        return DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
