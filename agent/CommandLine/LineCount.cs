using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MoneroCloud.Agent;

/// <summary>The bound of <c>--lines</c>.</summary>
internal static class LineCount
{
    public static void Validate(CommandResult result, Option<int> lines, int most = ControlRequest.MostLines)
    {
        // Of the token: to get a value that is no number throws, and is told by the option itself.
        if (result.GetResult(lines) is { Tokens: [var token] } && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) && (count < 1 || count > most))
        {
            result.AddError($"--lines takes 1 to {most}");
        }
    }
}
