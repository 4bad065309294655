namespace MoneroCloud.Agent;

/// <summary>Says on stderr what is wrong with a configuration.</summary>
internal static class ConfigReport
{
    public static void Warn(ConfigResult.Ok ok)
    {
        foreach (var warning in ok.Warnings)
        {
            Console.Error.WriteLine($"warning: {warning}");
        }
    }

    /// <returns>The exit code.</returns>
    public static int Refuse(ConfigResult.Refused refused)
    {
        foreach (var error in refused.Errors)
        {
            Console.Error.WriteLine(error);
        }

        Console.Error.WriteLine(refused.Errors.Length == 1 ? "1 error" : $"{refused.Errors.Length} errors");
        return CommandLineRoot.UsageError;
    }
}
