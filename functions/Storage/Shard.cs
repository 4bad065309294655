using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Functions;

/// <summary>One of the 16 parts of the table, a partition of its own: what is written at once lies in one.</summary>
internal readonly record struct Shard
{
    /// <summary>How many there are.</summary>
    public const int Count = 16;

    /// <exception cref="ArgumentOutOfRangeException">Not 0 to 15.</exception>
    public Shard(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
        Number = number;
    }

    /// <summary>0 to 15.</summary>
    public int Number { get; }

    public static IEnumerable<Shard> All => Enumerable.Range(0, Count).Select(number => new Shard(number));

    /// <summary>Where a subject's rows are: the first nibble of SHA-256 of its id in UTF-8.</summary>
    public static Shard Of(string subject) => new(SHA256.HashData(Encoding.UTF8.GetBytes(subject))[0] >> 4);

    /// <summary>One hex digit.</summary>
    public override string ToString() => $"{Number:x}";
}
