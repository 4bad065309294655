using CsCheck;
using MoneroCloud.Core;
using Xunit;
using CompareChains = System.Func<MoneroCloud.Core.ChainPosition, System.Collections.Generic.IReadOnlyList<MoneroCloud.Core.ChainWitness>, MoneroCloud.Core.ChainComparison>;

namespace MoneroCloud.Tests;

/// <summary>Who is behind and who is on a fork, among daemons of which each tells its height and a few hashes.</summary>
public sealed class ChainComparerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Own chain, the others' chains; a letter a chain, all at the same height.</summary>
    [Theory]
    [InlineData('a', "", false)]
    [InlineData('a', "a", false)]
    [InlineData('a', "b", false)] // One daemon alone accuses nobody.
    [InlineData('a', "bb", true)]
    [InlineData('b', "ab", false)]
    [InlineData('a', "abb", false)] // Two against two.
    [InlineData('b', "aab", false)]
    [InlineData('a', "abbb", true)]
    [InlineData('b', "aabb", false)]
    [InlineData('a', "bc", false)]
    [InlineData('a', "bbcc", false)] // No majority of the others.
    [InlineData('a', "bbbcc", true)]
    [InlineData('a', "aaaaaaabb", false)]
    public void A_fork_is_what_the_majority_of_two_others_has_otherwise(char own, string others, bool forked)
    {
        var seen = ChainComparer.Compare(At(1_009, own), [.. others.Select(chain => Witness(At(1_009, chain)))], Limit);

        Assert.Equal(forked ? 1_000 : null, seen.ForkedAt);
        Assert.Equal(others.Length, seen.Others);
    }

    [Theory]
    [InlineData(100, "", null)]
    [InlineData(100, "104", 4L)]
    [InlineData(100, "90", 0L)]
    [InlineData(100, "101 110", 1L)] // Of two in the middle the lower one.
    [InlineData(100, "101 110 120", 10L)]
    [InlineData(100, "1 2 900000000", 0L)] // One that lies moves nothing.
    [InlineData(100, "100 103 104 1000", 3L)]
    public void Behind_is_counted_from_the_median_of_the_others(long own, string others, long? behind) =>
        Assert.Equal(behind, ChainComparer.Compare(At(own, 'a'), [.. Heights(others).Select(h => Witness(At(h, 'a')))], Limit).BehindMedian);

    /// <summary>A chain that grows more slowly is compared at a block that is there in both.</summary>
    [Theory]
    [InlineData(5_000, 5_003, 4_990)]
    [InlineData(5_000, 5_085, 4_900)]
    [InlineData(5_003, 5_950, 4_000)]
    [InlineData(5_950, 5_003, 4_000)]
    public void Chains_of_different_length_are_compared_at_a_common_block(long own, long others, long at)
    {
        // Forked long ago.
        var seen = ChainComparer.Compare(At(own, 'a'), [Witness(At(others, 'b')), Witness(At(others + 1, 'b'))], Limit);
        Assert.NotNull(seen.ForkedAt);
        Assert.InRange(seen.ForkedAt.Value, at, own);
    }

    [Fact]
    public void What_is_older_than_two_reports_and_other_chains_do_not_count()
    {
        var own = At(1_009, 'a');
        ChainWitness[] others =
        [
            new(At(1_009, 'b'), Limit), new(At(1_009, 'b'), Limit + TimeSpan.FromTicks(1)), new(At(1_009, 'b') with { Chain = "Testnet" }, TimeSpan.Zero),
        ];

        Assert.Equal(new ChainComparison(1, 0, null), ChainComparer.Compare(own, others, Limit));
        Assert.Equal(new ChainComparison(2, 0, 1_000), ChainComparer.Compare(own, [.. others, new(At(1_009, 'b'), Limit)], Limit));
    }

    /// <summary>Short forks heal by themselves: the uppermost blocks are not told of at all.</summary>
    [Fact]
    public void A_fork_of_the_uppermost_blocks_is_none()
    {
        var others = new[] { Witness(At(1_009, 'a', forkedFrom: 1_006, onto: 'b')), Witness(At(1_009, 'a', forkedFrom: 1_006, onto: 'b')) };

        Assert.Null(ChainComparer.Compare(At(1_009, 'a'), others, Limit).ForkedAt);
    }

    private static readonly Gen<(ChainPosition Own, ChainWitness[] Others)> Fleets = Gen.Select(
        Positions(), Gen.Select(Positions(), Gen.Int[0, 240].Select(s => TimeSpan.FromSeconds(s)), (p, age) => new ChainWitness(p, age)).Array[0, 9],
        (own, others) => (own, others));

    private static readonly Dictionary<string, (Func<CompareChains, ChainPosition, ChainWitness[], bool> Holds, CompareChains Defective)> Properties = new()
    {
        ["fewer than two others accuse nobody"] = (
            (compare, own, others) => Young(own, others).Count >= 2 || compare(own, others).ForkedAt is null,
            (own, others) => Real(own, others) with { ForkedAt = Young(own, others).Any(o => o.Marks.Intersect(own.Marks).Count() < own.Marks.Length) ? own.Height : null }),
        ["who is accused is in the minority, itself included"] = (
            (compare, own, others) => compare(own, others).ForkedAt is not { } at
                || Young(own, others).Count(o => HashAt(o, at) is { } hash && hash != HashAt(own, at)) > 1 + Young(own, others).Count(o => HashAt(o, at) == HashAt(own, at)),
            (own, others) => Real(own, [.. others.Where(o => HashAt(o.Position, own.Marks.FirstOrDefault()?.Height ?? 0) != own.Marks.FirstOrDefault()?.Hash)])),
        ["the order of the others is of no matter"] = (
            (compare, own, others) => compare(own, others) == compare(own, [.. others.Reverse()]),
            (own, others) => Real(own, others) with { BehindMedian = others.Count > 0 ? others[0].Position.Height : null }),
        ["old and foreign ones are as good as absent"] = (
            (compare, own, others) => compare(own, others) == compare(own, [.. others.Where(o => o.Age <= Limit && o.Position.Chain == own.Chain)]),
            (own, others) => ChainComparer.Compare(own, others, Limit * 2)),
        ["behind is never negative, and nobody is behind himself"] = (
            (compare, own, others) => compare(own, others).BehindMedian is not < 0 && compare(own, [.. others.Select(o => o with { Position = own })]) is { BehindMedian: null or 0, ForkedAt: null },
            (own, others) => Real(own, others) is var real && real.BehindMedian == 0 && others.Count > 0 ? real with { BehindMedian = others[0].Position.Height - own.Height } : real),
    };

    public static TheoryData<string> Names => [.. Properties.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_holds_for_every_fleet(string property) =>
        Fleets.Sample(f => Properties[property].Holds(Real, f.Own, f.Others), iter: 5_000);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_property_catches_the_defect_it_is_there_for(string property) => Assert.Throws<CsCheckException>(() =>
        Fleets.Sample(f => Properties[property].Holds(Properties[property].Defective, f.Own, f.Others), iter: 5_000));

    private static ChainComparison Real(ChainPosition own, IReadOnlyList<ChainWitness> others) => ChainComparer.Compare(own, others, Limit);

    private static List<ChainPosition> Young(ChainPosition own, IEnumerable<ChainWitness> others) =>
        [.. others.Where(o => o.Age <= Limit && o.Position.Chain == own.Chain).Select(o => o.Position)];

    private static string? HashAt(ChainPosition position, long height) => position.Marks.FirstOrDefault(m => m.Height == height)?.Hash;

    private static Gen<ChainPosition> Positions() => Gen.Select(
        Among.Values(1_009L, 1_010, 1_016, 1_100, 1_500, 12), Among.Values('a', 'a', 'b', 'b', 'c'), Among.Values("Mainnet", "Mainnet", "Mainnet", "Testnet"),
        (height, chain, network) => At(height, chain) with { Chain = network });

    private static ChainPosition At(long height, char chain, long forkedFrom = 0, char onto = 'a') => new()
    {
        Chain = "Mainnet",
        Height = height,
        Marks = [.. ChainMarks.Heights(height).Select(h => new BlockMark(h, forkedFrom > 0 && h >= forkedFrom ? $"{onto}{h}" : $"{chain}{h}"))],
    };

    private static ChainWitness Witness(ChainPosition position) => new(position, TimeSpan.FromSeconds(10));

    private static IEnumerable<long> Heights(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse);
}
