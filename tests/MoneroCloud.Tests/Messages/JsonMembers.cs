using System.Collections;
using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Tests.Messages;

/// <summary>The members and cases that a JSON type can have, and those that a value has: so that a sample can be held to be complete.</summary>
internal static class JsonMembers
{
    /// <summary>All that can stand in a text of that type, as <c>Type.member</c>, and its closed cases as <c>Base:case</c>.</summary>
    public static SortedSet<string> Of(JsonTypeInfo type)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Describe(type, found, []);
        return found;
    }

    /// <summary>Those of them that are set in the values.</summary>
    public static SortedSet<string> In(JsonTypeInfo type, IEnumerable<object> values)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            Walk(value, type, found);
        }

        return found;
    }

    private static void Describe(JsonTypeInfo type, SortedSet<string> found, HashSet<Type> seen)
    {
        if (!seen.Add(type.Type))
        {
            return;
        }

        foreach (var derived in type.PolymorphismOptions?.DerivedTypes ?? [])
        {
            found.Add($"{type.Type.Name}:{derived.TypeDiscriminator}");
            Describe(Info(type, derived.DerivedType), found, seen);
        }

        if (type.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)
        {
            Describe(Info(type, type.ElementType!), found, seen);
        }

        foreach (var member in Written(type))
        {
            found.Add($"{Name(type.Type)}.{member.Name}");
            Describe(Info(type, Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType), found, seen);
        }
    }

    private static void Walk(object value, JsonTypeInfo type, SortedSet<string> found)
    {
        if (type.PolymorphismOptions?.DerivedTypes.FirstOrDefault(d => d.DerivedType == value.GetType()) is { DerivedType: { } of } derived)
        {
            found.Add($"{type.Type.Name}:{derived.TypeDiscriminator}");
            Walk(value, Info(type, of), found);
            return;
        }

        if (type.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)
        {
            foreach (var item in (IEnumerable)value)
            {
                Walk(type.Kind == JsonTypeInfoKind.Dictionary ? "" : item, Info(type, type.ElementType!), found);
            }

            return;
        }

        foreach (var member in Written(type))
        {
            if (member.Get!(value) is { } set)
            {
                found.Add($"{Name(type.Type)}.{member.Name}");
                Walk(set, Info(type, Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType), found);
            }
        }
    }

    /// <summary>None of a closed hierarchy's base: its cases have them.</summary>
    private static IEnumerable<JsonPropertyInfo> Written(JsonTypeInfo type) => type.PolymorphismOptions is null ? type.Properties.Where(p => p.Get is not null) : [];

    private static JsonTypeInfo Info(JsonTypeInfo from, Type type) => from.Options.GetTypeInfo(type);

    private static string Name(Type type) => type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;
}
