using System.Collections;
using System.Reflection;
using MoneroCloud.Core;

namespace MoneroCloud.Tests.Messages;

/// <summary>Two values are the same in all they hold, arrays too: the equality of records compares those by reference.</summary>
internal static class SameValue
{
    public static void Assert(object? expected, object? found) => Compare(expected, found, expected?.GetType().Name ?? "null");

    private static void Compare(object? expected, object? found, string path)
    {
        if (expected is null || found is null || expected.GetType() != found.GetType())
        {
            Xunit.Assert.True(expected is null && found is null, $"{path}: {expected ?? "null"} was read back as {found ?? "null"}");
        }
        else if (expected is IEnumerable items and not string)
        {
            var (left, right) = (items.Cast<object>().ToArray(), ((IEnumerable)found).Cast<object>().ToArray());
            Xunit.Assert.True(left.Length == right.Length, $"{path}: {left.Length} items were read back as {right.Length}");
            for (var i = 0; i < left.Length; i++)
            {
                Compare(left[i], right[i], $"{path}[{i}]");
            }
        }
        else if (IsOurs(expected.GetType()) && Members(expected.GetType()) is { Length: > 0 } members)
        {
            foreach (var member in members)
            {
                Compare(member.GetValue(expected), member.GetValue(found), $"{path}.{member.Name}");
            }
        }
        else
        {
            Xunit.Assert.True(expected.Equals(found), $"{path}: {expected} was read back as {found}");
        }
    }

    private static bool IsOurs(Type type) => !type.IsEnum && (type.Assembly == typeof(Report).Assembly || type.Assembly == typeof(Functions.OutboxItem).Assembly);

    private static PropertyInfo[] Members(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && p.PropertyType != type)];
}
