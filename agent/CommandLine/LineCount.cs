using System.CommandLine;
using System.CommandLine.Parsing;

namespace MoneroCloud.Agent;

/// <summary>The bound of <c>--lines</c>.</summary>
internal static class LineCount
{
    public static void Validate(CommandResult result, Option<int> lines)
    {
        if (result.GetResult(lines) is { Errors: var errors } && !errors.Any() && result.GetValue(lines) is < 1 or > ControlRequest.MostLines)
        {
            result.AddError($"--lines takes 1 to {ControlRequest.MostLines}");
        }
    }
}
