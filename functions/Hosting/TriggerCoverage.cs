namespace MoneroCloud.Functions;

/// <summary>Whether folders and triggers fit, name by name.</summary>
internal static class TriggerCoverage
{
    /// <summary>A trigger that nothing would ever call, two of one name, or functions without one; null where all is well.</summary>
    public static string? Error(IReadOnlyList<FunctionFile> functions, IReadOnlyList<ITrigger> triggers)
    {
        var called = Called(functions).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in triggers.Select(trigger => trigger.Name))
        {
            if (!called.Contains(name))
            {
                return $"trigger {name}: no folder {name} with a {FunctionFolders.FileName} calls it";
            }

            if (!seen.Add(name))
            {
                return $"trigger {name}: registered twice";
            }
        }

        return Missing(functions, triggers) is { Count: > 0 } missing
            ? $"no trigger of this program is called {string.Join(", ", missing)}, as a folder with a {FunctionFolders.FileName} is"
            : null;
    }

    /// <summary>Functions for which there is no trigger: nothing would call them standalone, and each call of the host would fail.</summary>
    private static IReadOnlyList<string> Missing(IReadOnlyList<FunctionFile> functions, IReadOnlyList<ITrigger> triggers) =>
        [.. Called(functions).Except(triggers.Select(trigger => trigger.Name)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Called(IReadOnlyList<FunctionFile> functions) =>
        functions.Where(function => function.Trigger is not TriggerBinding.Http).Select(function => function.Name);
}
