using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace MoneroCloud.Core;

/// <summary>What a setting's value may be, as far as the file alone tells.</summary>
internal abstract record ValueShape
{
    private ValueShape()
    {
    }

    /// <summary>What is asked for, in the words of a message.</summary>
    public abstract string Noun { get; }

    /// <param name="Rule">What the pattern means, for messages; null for any text.</param>
    /// <param name="Pattern">Must match the whole text; null for any text.</param>
    /// <param name="MaxLength">In characters.</param>
    public sealed record Text(string? Rule = null, Regex? Pattern = null, int MinLength = 1, int MaxLength = 4096) : ValueShape
    {
        /// <summary>The only texts there are, instead of a pattern; none: any that fits the pattern.</summary>
        public ImmutableArray<string> Words { get; init; } = [];

        /// <summary>A wrong one inside a list or a map is shown: it can be no secret.</summary>
        public bool IsShown { get; init; }

        public override string Noun => "text";
    }

    public sealed record Duration(TimeSpan Min, TimeSpan Max) : ValueShape
    {
        /// <summary>"never" is a value too, and reads as <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
        public bool OrNever { get; init; }

        public override string Noun => OrNever ? $"{DurationText.Form}, or \"{DurationText.Never}\"" : DurationText.Form;
    }

    public sealed record Whole(long Min, long Max) : ValueShape
    {
        public override string Noun => "a whole number";
    }

    public sealed record Share(double Min, double Max) : ValueShape
    {
        public override string Noun => "a number";
    }

    public sealed record Truth : ValueShape
    {
        public override string Noun => "true or false";
    }

    public sealed record Choice(ImmutableArray<string> Values) : ValueShape
    {
        public override string Noun => string.Join(" or ", Values.Select(v => $"\"{v}\""));
    }

    /// <param name="Max">Most texts.</param>
    public sealed record Texts(Text Item, int Max) : ValueShape
    {
        /// <summary>Fewest texts.</summary>
        public int Min { get; init; } = 1;

        public override string Noun => "a list of texts";
    }

    /// <param name="Key">What a name must look like.</param>
    /// <param name="Max">Most names.</param>
    public sealed record Map(Text Key, Text Item, int Max) : ValueShape
    {
        public override string Noun => "an object of texts";
    }

    public sealed record Group(ImmutableArray<Setting> Settings) : ValueShape
    {
        /// <summary>Said of an unknown key that is no mistyped one; null when there is nothing to say.</summary>
        public string? Elsewhere { get; init; }

        /// <summary>Exactly one of the settings must be there.</summary>
        public bool OneOnly { get; init; }

        public override string Noun => "an object";
    }

    /// <param name="Name">Which names such an entry has.</param>
    public sealed record Entry(Text Name, Group Item);

    /// <summary>Objects by name; the name tells which of the entries it is, and no name fits two of them.</summary>
    /// <param name="Rule">What a name must be, for messages.</param>
    /// <param name="Max">Most names.</param>
    public sealed record Named(string Rule, ImmutableArray<Entry> Entries, int Max) : ValueShape
    {
        public override string Noun => "an object of objects";
    }

    /// <param name="Name">What the telling key says.</param>
    /// <param name="Description">A sentence.</param>
    /// <param name="Item">The telling key is among its settings.</param>
    public sealed record Variant(string Name, string Description, Group Item);

    /// <summary>A list of objects, each of which tells by one key which of the variants it is.</summary>
    /// <param name="Key">That key.</param>
    /// <param name="Max">Most objects; there is at least one.</param>
    public sealed record Variants(string Key, ImmutableArray<Variant> Items, int Max) : ValueShape
    {
        public override string Noun => "a list of objects";
    }

    /// <param name="Max">Most groups; there is at least one.</param>
    public sealed record Groups(Group Item, int Max) : ValueShape
    {
        public override string Noun => "a list of objects";
    }
}
