using System.Text.Json;

namespace MoneroCloud.Functions;

/// <summary>The members of one binding, and the first thing that is wrong with them.</summary>
internal sealed class BindingMembers(JsonElement binding, string path)
{
    /// <summary>Names key, value and what is allowed; null while all is well.</summary>
    public string? Error { get; private set; }

    /// <summary>Empty when it is missing, which is an error.</summary>
    public string Text(string key)
    {
        if (binding.ValueKind == JsonValueKind.Object && binding.TryGetProperty(key, out var value))
        {
            return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
                ? text
                : Fail<string>($"{path}.{key} is {value.GetRawText()}: it has to be a text") ?? "";
        }

        return Fail<string>($"{path}.{key} is missing") ?? "";
    }

    /// <summary>What the payload's member is called.</summary>
    public string Name() => Text("name");

    public void Texts(string key)
    {
        if (binding.ValueKind != JsonValueKind.Object || !binding.TryGetProperty(key, out var values))
        {
            Fail<string>($"{path}.{key} is missing");
        }
        else if (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0 ||
            values.EnumerateArray().Any(value => value.ValueKind != JsonValueKind.String))
        {
            Fail<string>($"{path}.{key} is {values.GetRawText()}: it has to be an array of texts");
        }
    }

    public void Require(string key, string value)
    {
        if (Text(key) is var text && text != value)
        {
            Refuse(key, text, $"\"{value}\"");
        }
    }

    public void Only(params ReadOnlySpan<string> keys)
    {
        if (binding.ValueKind != JsonValueKind.Object)
        {
            Fail<string>($"{path} is {binding.GetRawText()}: it has to be an object");
            return;
        }

        foreach (var member in binding.EnumerateObject())
        {
            if (!keys.Contains(member.Name))
            {
                Fail<string>($"{path}.{member.Name} is not known here: {string.Join(", ", keys!)} are");
            }
        }
    }

    /// <summary>A schedule's own settings are the only ones that are resolved.</summary>
    public string NoSetting(string key, string value) =>
        value.Contains('%', StringComparison.Ordinal) ? Refuse(key, value, "a value without %NAME%")?.ToString() ?? "" : value;

    public TriggerBinding? Refuse(string key, string value, string allowed) =>
        Fail<TriggerBinding>($"{path}.{key} is \"{value}\": it has to be {allowed}");

    private T? Fail<T>(string error)
        where T : class
    {
        Error ??= error;
        return null;
    }
}
