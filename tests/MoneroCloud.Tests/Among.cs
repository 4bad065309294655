using CsCheck;

namespace MoneroCloud.Tests;

/// <summary>A generator over a list of values; what is listed twice comes twice as often.</summary>
internal static class Among
{
    public static Gen<T> Values<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
