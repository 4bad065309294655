using System.Text.Json;

namespace MoneroCloud.Functions;

/// <summary>The app's function.json files, one a folder, as the Functions host finds them.</summary>
internal static class FunctionFolders
{
    public const string FileName = "function.json";

    /// <param name="root">The folder of host.json.</param>
    /// <param name="schedules">The names that may stand as <c>%NAME%</c> in a schedule, and their values.</param>
    public static bool TryRead(
        string root, IReadOnlyDictionary<string, string> schedules, out IReadOnlyList<FunctionFile> functions, out string error)
    {
        var found = new List<FunctionFile>();
        (functions, error) = (found, "");
        foreach (var folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            var file = Path.Combine(folder, FileName);
            if (!File.Exists(file))
            {
                continue;
            }

            if (!TryReadFile(file, schedules, out var trigger, out error))
            {
                return false;
            }

            found.Add(new FunctionFile(Path.GetFileName(folder), trigger!));
        }

        error = found.Count == 0 ? $"no folder with a {FileName} in {root}: the program is not whole" : "";
        return found.Count > 0;
    }

    private static bool TryReadFile(
        string file, IReadOnlyDictionary<string, string> schedules, out TriggerBinding? trigger, out string error)
    {
        trigger = null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return FunctionBindings.TryRead(json.RootElement, schedules, out trigger, out error) || Named(file, ref error);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            error = $"{file}: cannot be read: {e.Message}";
            return false;
        }
    }

    private static bool Named(string file, ref string error)
    {
        error = $"{file}: {error}";
        return false;
    }
}
