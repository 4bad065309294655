namespace MoneroCloud.Core;

/// <summary>Which keys an object may and must have.</summary>
internal static class KeyRules
{
    public static void Check(JsonItem.Object value, string path, ValueShape.Group shape, ConfigErrors errors)
    {
        foreach (var member in value.Members.Where(m => !shape.Settings.Any(s => s.Key == m.Name)))
        {
            errors.Refuse(member.Line, Inside(path, member.Name), "is not a known key" + Hint(member.Name, shape));
        }

        foreach (var setting in shape.Settings.Where(s => s.Required && value.Find(s.Key) is null))
        {
            errors.Refuse(value.Line, Inside(path, setting.Key), "is missing");
        }

        if (shape.OneOnly && shape.Settings.Count(s => value.Find(s.Key) is not null) != 1)
        {
            errors.Refuse(value.Line, path, $"must have exactly one of {string.Join(" and ", shape.Settings.Select(s => s.Key))}");
        }
    }

    private static string Inside(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Hint(string key, ValueShape.Group shape) =>
        NearestKey.Find(key, shape.Settings.Select(s => s.Key)) is { } near ? $"; did you mean \"{near}\"?"
        : shape.Elsewhere is not null ? $": {shape.Elsewhere}"
        : "";
}
