using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>What is to become of one row.</summary>
internal abstract record RowChange
{
    private RowChange()
    {
    }

    public abstract RowKey Key { get; }

    /// <summary>The row that is written; null when one is removed.</summary>
    public abstract Row? Written { get; }

    /// <summary>Lost where the row exists.</summary>
    public sealed record Insert(Row Row) : RowChange
    {
        public override RowKey Key => Row.Key;

        public override Row Written => Row;
    }

    /// <summary>Lost unless the row is there in its <see cref="Functions.Row.Version"/>, which must be set.</summary>
    public sealed record Replace(Row Row) : RowChange
    {
        public override RowKey Key => Row.Key;

        public override Row Written => Row;
    }

    /// <summary>Written whatever is there; a version in the row means nothing.</summary>
    public sealed record Put(Row Row) : RowChange
    {
        public override RowKey Key => Row.Key;

        public override Row Written => Row;
    }

    /// <summary>
    /// Puts members into the JSON object that is the row's document, each in place of what it was; all else of the row stays, and the row is made where it is missing. So that several
    /// add to one row without reading it, in whatever order.
    /// </summary>
    /// <param name="Parts">JSON, by names as <see cref="RowParts.IsName"/> wants them. Azure holds some 240 of one row.</param>
    public sealed record Merge(RowKey Row, ImmutableSortedDictionary<string, string> Parts) : RowChange
    {
        public override RowKey Key => Row;

        /// <summary>What is put into it, as the whole of a document.</summary>
        public override Row Written => new() { Key = Row, Doc = RowParts.Text(Parts) };
    }

    /// <summary>Without a version: gone afterwards, whether it was there or not. With one: lost unless the row is there in that version.</summary>
    public sealed record Delete(RowKey Row, string? Version = null) : RowChange
    {
        public override RowKey Key => Row;

        public override Row? Written => null;
    }
}
