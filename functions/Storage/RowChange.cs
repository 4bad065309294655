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

    /// <summary>Without a version: gone afterwards, whether it was there or not. With one: lost unless the row is there in that version.</summary>
    public sealed record Delete(RowKey Row, string? Version = null) : RowChange
    {
        public override RowKey Key => Row;

        public override Row? Written => null;
    }
}
