using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>The functions as they are shipped, beside the test program as beside the monitor.</summary>
internal static class TestFunctions
{
    public static IReadOnlyList<FunctionFile> Shipped { get; } = Read();

    public static HostFile Host { get; } = new(TimeSpan.FromMinutes(2), 4);

    public static FunctionFile Of(string name) => Shipped.Single(function => function.Name == name);

    private static IReadOnlyList<FunctionFile> Read()
    {
        var schedules = new Dictionary<string, string> { ["PROBE_SCHEDULE"] = "0 * * * * *", ["SWEEP_SCHEDULE"] = "*/15 * * * * *" };
        return FunctionFolders.TryRead(AppContext.BaseDirectory, schedules, out var functions, out var error)
            ? functions
            : throw new InvalidOperationException(error);
    }
}
