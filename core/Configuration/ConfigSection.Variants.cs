using System.Collections.Immutable;

namespace MoneroCloud.Core;

internal sealed partial class ConfigSection
{
    /// <summary>The objects of a list with the variants they are; what is none is reported and left out.</summary>
    public ImmutableArray<ConfigVariant> Variants(Setting setting)
    {
        var shape = (ValueShape.Variants)setting.Shape;
        return Value<JsonItem.List>(setting) is { } list && HasFittingLength(setting, list, shape.Max)
            ? [.. list.Items.Select((item, i) => Variant(setting, shape, item, $"[{i}]")).OfType<ConfigVariant>()]
            : [];
    }

    private ConfigVariant? Variant(Setting setting, ValueShape.Variants shape, JsonItem item, string part)
    {
        if (item is not JsonItem.Object value)
        {
            Refuse(setting, item.Line, part, $"must be an object, not {item.Noun}");
            return null;
        }

        var told = value.Find(shape.Key);
        var name = (told?.Value as JsonItem.Text)?.Value;
        if (shape.Items.FirstOrDefault(v => v.Name == name) is { } variant)
        {
            return new ConfigVariant(variant, new ConfigSection(value, PathOf(setting) + part, variant.Item, _errors));
        }

        var known = new ValueShape.Choice([.. shape.Items.Select(v => v.Name)]).Noun;
        var problem = told is null ? "is missing" : name is null ? $"must be {known}, not {told.Value.Noun}" : $"must be {known}";
        _errors.Refuse(told?.Line ?? value.Line, $"{PathOf(setting)}{part}.{shape.Key}", problem, name is { Length: <= LongestShown } && !name.Any(char.IsControl) ? $"\"{name}\"" : null);
        return null;
    }
}
