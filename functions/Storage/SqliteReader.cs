using System.Globalization;
using Microsoft.Data.Sqlite;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A connection that only reads.</summary>
internal sealed class SqliteReader(SqliteConnection connection) : IDisposable
{
    private const string Select =
        $"SELECT Key, Version, {Names.DocColumn}, {Names.PidColumn}, {Names.WorkedColumn}, {Names.WorkedDataColumn}, {Names.DueColumn} " +
        $"FROM {Names.StateTable} WHERE Shard = $shard AND ";

    private const string Within = "Key >= $from AND Key < $to ORDER BY Key LIMIT $most";

    private readonly SqliteStatement _one = new(connection, Select + "Key = $key", "$shard", "$key");
    private readonly SqliteStatement _range = new(connection, Select + Within, "$shard", "$from", "$to", "$most");
    private readonly SqliteStatement _due = new(
        connection,
        $"{Select} {Names.DueColumn} IS NOT NULL AND {Names.DueColumn} <= $until AND {Within}",
        "$shard", "$from", "$to", "$most", "$until");

    public Row? Read(RowKey key) => Rows(_one.With(key.Shard.Number, KeyText.Write(key.Key)), key.Shard).FirstOrDefault();

    /// <summary>Rows of a range in order; all of them, or only those that are due.</summary>
    public IReadOnlyList<Row> Page(Shard shard, StoredRange range, DateTimeOffset? due, int most) => Rows(
        due is { } until
            ? _due.With(shard.Number, range.From, range.To, most, until.UtcTicks)
            : _range.With(shard.Number, range.From, range.To, most),
        shard);

    public void Dispose()
    {
        _one.Dispose();
        _range.Dispose();
        _due.Dispose();
        connection.Dispose();
    }

    private static List<Row> Rows(SqliteStatement statement, Shard shard)
    {
        using var reader = statement.Read();
        var rows = new List<Row>();
        while (reader.Read())
        {
            rows.Add(RowOf(reader, shard));
        }

        return rows;
    }

    private static Row RowOf(SqliteDataReader reader, Shard shard) => new()
    {
        Key = new RowKey(shard, KeyText.Read(reader.GetString(0))),
        Version = reader.GetInt64(1).ToString(CultureInfo.InvariantCulture),
        Doc = reader.GetString(2),
        Pid = reader.IsDBNull(3) ? null : reader.GetInt32(3),
        Worked = reader.IsDBNull(4) ? null : reader.GetInt64(4) != 0,
        WorkedData = reader.IsDBNull(5) ? null : reader.GetString(5),
        Due = reader.IsDBNull(6) ? null : new DateTimeOffset(reader.GetInt64(6), TimeSpan.Zero),
    };
}
