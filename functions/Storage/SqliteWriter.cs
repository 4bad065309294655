using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The one connection that writes. After an exception it is only good for being disposed, which rolls back.</summary>
internal sealed class SqliteWriter(SqliteConnection connection) : IDisposable
{
    private const string Columns =
        $"Shard, Key, Version, {Names.DocColumn}, {Names.PidColumn}, {Names.WorkedColumn}, {Names.WorkedDataColumn}, {Names.DueColumn}";

    private const string InsertInto =
        $"INSERT INTO {Names.StateTable} ({Columns}) VALUES ($shard, $key, $version, $doc, $pid, $worked, $workedData, $due) ON CONFLICT DO ";

    private const string Set =
        $"UPDATE SET Version = $version, {Names.DocColumn} = $doc, {Names.PidColumn} = $pid, {Names.WorkedColumn} = $worked, " +
        $"{Names.WorkedDataColumn} = $workedData, {Names.DueColumn} = $due";

    private const string OfKey = "WHERE Shard = $shard AND Key = $key";

    private static readonly string[] RowParameters = ["$shard", "$key", "$version", "$doc", "$pid", "$worked", "$workedData", "$due"];

    private readonly SqliteStatement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = new(connection, "COMMIT");
    private readonly SqliteStatement _rollback = new(connection, "ROLLBACK");
    private readonly SqliteStatement _insert = new(connection, InsertInto + "NOTHING", RowParameters);
    private readonly SqliteStatement _put = new(connection, InsertInto + Set, RowParameters);
    private readonly SqliteStatement _replace = new(
        connection, $"UPDATE {Names.StateTable} {Set["UPDATE ".Length..]} {OfKey} AND Version = $old", [.. RowParameters, "$old"]);

    private readonly SqliteStatement _part = new(
        connection,
        $"UPDATE {Names.StateTable} SET Version = $version, {Names.DocColumn} = json_set(iif(json_valid({Names.DocColumn}), iif(json_type({Names.DocColumn}) = 'object', {Names.DocColumn}, '{{}}'), '{{}}'), $path, json($part)) {OfKey}",
        "$shard", "$key", "$version", "$path", "$part");

    private readonly SqliteStatement _delete = new(connection, $"DELETE FROM {Names.StateTable} {OfKey}", "$shard", "$key");
    private readonly SqliteStatement _deleteVersion = new(
        connection, $"DELETE FROM {Names.StateTable} {OfKey} AND Version = $old", "$shard", "$key", "$old");

    public CommitResult Commit(IReadOnlyList<RowChange> changes)
    {
        var version = Random.Shared.NextInt64(1, long.MaxValue);
        _begin.Run();
        foreach (var change in changes)
        {
            if (!IsDone(change, version))
            {
                _rollback.Run();
                return new CommitResult.Lost(change.Key);
            }
        }

        _commit.Run();
        var text = version.ToString(CultureInfo.InvariantCulture);
        return new CommitResult.Committed(changes.Where(c => c.Written is not null).ToImmutableDictionary(c => c.Key, _ => text));
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _rollback, _insert, _put, _replace, _part, _delete, _deleteVersion })
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private bool IsDone(RowChange change, long version) => change switch
    {
        RowChange.Insert insert => With(_insert, insert.Row, version).Run() == 1,
        RowChange.Put put => With(_put, put.Row, version).Run() == 1,
        RowChange.Merge merge => IsMerged(merge, version),
        RowChange.Replace replace => With(_replace, replace.Row, version, Number(replace.Row.Version!)).Run() == 1,
        RowChange.Delete { Version: null } delete => _delete.With(delete.Key.Shard.Number, KeyText.Write(delete.Key.Key)).Run() >= 0,
        RowChange.Delete delete =>
            _deleteVersion.With(delete.Key.Shard.Number, KeyText.Write(delete.Key.Key), Number(delete.Version!)).Run() == 1,
        _ => throw new InvalidOperationException($"unknown change {change}"),
    };

    private bool IsMerged(RowChange.Merge merge, long version)
    {
        With(_insert, new Row { Key = merge.Key, Doc = "{}" }, version).Run();
        return merge.Parts.All(p => _part.With(merge.Key.Shard.Number, KeyText.Write(merge.Key.Key), version, $"$.{p.Key}", p.Value).Run() == 1);
    }

    private static SqliteStatement With(SqliteStatement statement, Row row, long version, long? old = null)
    {
        object?[] values =
        [
            row.Key.Shard.Number, KeyText.Write(row.Key.Key), version, row.Doc, row.Pid, row.Worked, row.WorkedData, row.Due?.UtcTicks,
        ];
        return old is null ? statement.With(values) : statement.With([.. values, old]);
    }

    private static long Number(string version) => long.Parse(version, NumberStyles.None, CultureInfo.InvariantCulture);
}
