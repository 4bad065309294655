using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Says on stderr what is wrong with a configuration.</summary>
internal static class ConfigReport
{
    public static void Warn(ImmutableArray<ConfigError> warnings)
    {
        foreach (var warning in warnings)
        {
            Console.Error.WriteLine($"warning: {warning}");
        }
    }

    /// <returns>The exit code.</returns>
    public static int Refuse(ImmutableArray<ConfigError> errors)
    {
        foreach (var error in errors)
        {
            Console.Error.WriteLine(error);
        }

        Console.Error.WriteLine(errors.Length == 1 ? "1 error" : $"{errors.Length} errors");
        return CommandLineRoot.UsageError;
    }
}
