using System.Collections.Immutable;
using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>
/// One object of a configuration file. Every value taken from it is checked against its <see cref="Setting"/>; what is wrong is reported, and reads as missing.
/// </summary>
internal sealed partial class ConfigSection
{
    private const int LongestShown = 120;

    private readonly JsonItem.Object _object;
    private readonly ConfigErrors _errors;

    public ConfigSection(JsonItem.Object value, string path, ValueShape.Group shape, ConfigErrors errors)
    {
        _object = value;
        _errors = errors;
        Path = path;
        KeyRules.Check(value, path, shape, errors);
    }

    public string Path { get; }

    public bool Has(Setting setting) => _object.Find(setting.Key) is not null;

    /// <summary>The line of the setting's key; of the object where it is missing.</summary>
    public int LineOf(Setting setting) => _object.Find(setting.Key)?.Line ?? _object.Line;

    public string PathOf(Setting setting) => Path.Length == 0 ? setting.Key : $"{Path}.{setting.Key}";

    public void Refuse(Setting setting, string message) =>
        _errors.Refuse(LineOf(setting), PathOf(setting), message, Shown(setting), variable: VariableOf(setting));

    /// <summary>For a message that names the value itself, or must not.</summary>
    public void RefuseUnshown(Setting setting, string message) =>
        _errors.Refuse(LineOf(setting), PathOf(setting), message, variable: VariableOf(setting));

    /// <param name="part">An item of the setting, such as <c>[2]</c>.</param>
    public void Refuse(Setting setting, int line, string part, string message) => _errors.Refuse(line, PathOf(setting) + part, message);

    /// <summary>Of an item of the setting, with its value.</summary>
    public void Refuse(Setting setting, ConfigText item, string message) => _errors.Refuse(item.Line, PathOf(setting) + item.Part, message, $"\"{item.Value}\"");

    public void Warn(Setting setting, ConfigText item, string message) => _errors.Warn(item.Line, PathOf(setting) + item.Part, message);

    public void Warn(Setting setting, string message) => _errors.Warn(LineOf(setting), PathOf(setting), message, VariableOf(setting));

    public string? Text(Setting setting)
    {
        if (Value<JsonItem.Text>(setting) is not { } item)
        {
            return null;
        }

        var problem = setting.Shape switch
        {
            ValueShape.Choice choice when !choice.Values.Contains(item.Value) => $"must be {choice.Noun}",
            ValueShape.Text shape => TextRule.Problem(shape, item.Value),
            _ => null,
        };
        return Accept(setting, item.Value, problem) ? item.Value : null;
    }

    public bool? Truth(Setting setting) => Value<JsonItem.Truth>(setting)?.Value;

    public long? Whole(Setting setting)
    {
        if (Value<JsonItem.Number>(setting) is not { } item)
        {
            return null;
        }

        var shape = (ValueShape.Whole)setting.Shape;
        var whole = long.TryParse(item.Raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        var problem = !whole && item.Raw.Any(c => c is '.' or 'e' or 'E') ? "must be a whole number"
            : !whole || value < shape.Min || value > shape.Max ? $"is out of range, {shape.Min} to {shape.Max}"
            : null;
        return Accept(setting, value, problem) ? value : null;
    }

    public double? Share(Setting setting)
    {
        if (Value<JsonItem.Number>(setting) is not { } item)
        {
            return null;
        }

        var shape = (ValueShape.Share)setting.Shape;
        var value = double.Parse(item.Raw, CultureInfo.InvariantCulture);
        var range = string.Create(CultureInfo.InvariantCulture, $"is out of range, {shape.Min} to {shape.Max}");
        return Accept(setting, value, value >= shape.Min && value <= shape.Max ? null : range) ? value : null;
    }

    public TimeSpan? Duration(Setting setting)
    {
        if (Value<JsonItem.Text>(setting) is not { } item)
        {
            return null;
        }

        var shape = (ValueShape.Duration)setting.Shape;
        if (shape.OrNever && item.Value == DurationText.Never)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var problem = !DurationText.TryParse(item.Value, out var value) ? $"must be {shape.Noun}"
            : value < shape.Min || value > shape.Max ? $"is out of range, {DurationText.Format(shape.Min)} to {DurationText.Format(shape.Max)}"
            : null;
        return Accept(setting, value, problem) ? value : null;
    }

    /// <summary>The texts of a list with their lines; those that are wrong are reported and left out.</summary>
    public ImmutableArray<ConfigText> Texts(Setting setting)
    {
        var shape = (ValueShape.Texts)setting.Shape;
        var items = Value<JsonItem.List>(setting) is { } list && HasFittingLength(setting, list, shape.Max, shape.Min) ? list.Items : [];
        return [.. items.Select((item, i) => Part(setting, $"[{i}]", shape.Item, item)).OfType<ConfigText>()];
    }

    /// <summary>The names of a map with their values; what is wrong is reported and left out.</summary>
    public ImmutableSortedDictionary<string, ConfigText> Map(Setting setting)
    {
        var shape = (ValueShape.Map)setting.Shape;
        var map = ImmutableSortedDictionary.CreateBuilder<string, ConfigText>(StringComparer.Ordinal);
        foreach (var member in Value<JsonItem.Object>(setting)?.Members ?? [])
        {
            if (TextRule.Problem(shape.Key, member.Name) is { } problem)
            {
                Refuse(setting, member.Line, $".{member.Name}", $"the name {problem}");
            }
            else if (Part(setting, $".{member.Name}", shape.Item, member.Value) is { } value)
            {
                map[member.Name] = value;
            }
        }

        if (map.Count > shape.Max)
        {
            RefuseUnshown(setting, $"has {map.Count} entries, at most {shape.Max} are allowed");
        }

        return map.ToImmutable();
    }

    public ConfigSection? Group(Setting setting) =>
        Value<JsonItem.Object>(setting) is { } item ? new ConfigSection(item, PathOf(setting), (ValueShape.Group)setting.Shape, _errors) : null;

    public ImmutableArray<ConfigSection> Groups(Setting setting)
    {
        var shape = (ValueShape.Groups)setting.Shape;
        if (Value<JsonItem.List>(setting) is not { } list || !HasFittingLength(setting, list, shape.Max))
        {
            return [];
        }

        var sections = ImmutableArray.CreateBuilder<ConfigSection>();
        foreach (var (i, item) in list.Items.Index())
        {
            if (item is JsonItem.Object value)
            {
                sections.Add(new ConfigSection(value, $"{PathOf(setting)}[{i}]", shape.Item, _errors));
                continue;
            }

            Refuse(setting, item.Line, $"[{i}]", $"must be an object, not {item.Noun}");
        }

        return sections.ToImmutable();
    }

    /// <summary>The objects of a named setting with their names and the entries they are; what is wrong is reported and left out.</summary>
    public ImmutableArray<ConfigEntry> Named(Setting setting)
    {
        var shape = (ValueShape.Named)setting.Shape;
        var members = Value<JsonItem.Object>(setting)?.Members ?? [];
        if (members.Length > shape.Max)
        {
            RefuseUnshown(setting, $"has {members.Length} entries, at most {shape.Max} are allowed");
        }

        return [.. members.Take(shape.Max).Select(member => Entry(setting, shape, member)).OfType<ConfigEntry>()];
    }

    private ConfigEntry? Entry(Setting setting, ValueShape.Named shape, JsonItem.Member member)
    {
        var part = $"[\"{member.Name}\"]";
        var entry = shape.Entries.FirstOrDefault(e => TextRule.Problem(e.Name, member.Name) is null);
        var problem = entry is null ? $"the name is not {shape.Rule}" : member.Value is JsonItem.Object ? null : $"must be an object, not {member.Value.Noun}";
        if (problem is not null)
        {
            Refuse(setting, member.Line, part, problem);
            return null;
        }

        return new ConfigEntry(member.Name, entry!, new ConfigSection((JsonItem.Object)member.Value, PathOf(setting) + part, entry!.Item, _errors));
    }

    private string? VariableOf(Setting setting) => _object.Find(setting.Key)?.Variable;

    private bool HasFittingLength(Setting setting, JsonItem.List list, int max, int min = 1)
    {
        var problem = list.Items.Length < min ? "is empty" : list.Items.Length > max ? $"has {list.Items.Length} entries, at most {max} are allowed" : null;
        return Accept(setting, list, problem);
    }

    private ConfigText? Part(Setting setting, string part, ValueShape.Text shape, JsonItem item)
    {
        var problem = item is JsonItem.Text text ? TextRule.Problem(shape, text.Value) : $"must be text, not {item.Noun}";
        if (problem is not null)
        {
            _errors.Refuse(item.Line, PathOf(setting) + part, problem, shape.IsShown ? item.Shown : null);
            return null;
        }

        return new ConfigText(((JsonItem.Text)item).Value, item.Line, part);
    }

    /// <returns>The value when it is of the right kind; a wrong kind is reported.</returns>
    private T? Value<T>(Setting setting)
        where T : JsonItem
    {
        var member = _object.Find(setting.Key);
        if (member is { Value: not T })
        {
            var message = member.Value is JsonItem.Null ? "null is no value; leave the key out" : $"must be {setting.Shape.Noun}, not {member.Value.Noun}";
            RefuseUnshown(setting, message);
        }

        return member?.Value as T;
    }

    private bool Accept<T>(Setting setting, T value, string? problem)
    {
        if (problem is not null)
        {
            Refuse(setting, problem);
        }

        return problem is null && value is not null;
    }

    private string? Shown(Setting setting) => _object.Find(setting.Key)?.Value switch
    {
        _ when setting.Sensitive => null,
        JsonItem.Text text when setting.IsAddress && text.Value.AsSpan().ContainsAny('@', '?') => null,
        var item => item?.Shown,
    };
}
