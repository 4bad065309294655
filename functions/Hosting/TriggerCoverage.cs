namespace MoneroCloud.Functions;

/// <summary>Whether folders and triggers fit, name by name.</summary>
internal static class TriggerCoverage
{
    /// <summary>Functions for which there is no trigger: nothing calls them standalone, and a call of the host fails.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<FunctionFile> functions, IReadOnlyList<ITrigger> triggers) =>
        [.. Called(functions).Except(triggers.Select(trigger => trigger.Name)).Order(StringComparer.Ordinal)];

    /// <summary>A trigger that nothing would ever call, or two of one name; null where all is well.</summary>
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

        return null;
    }

    private static IEnumerable<string> Called(IReadOnlyList<FunctionFile> functions) =>
        functions.Where(function => function.Trigger is not TriggerBinding.Http).Select(function => function.Name);
}
