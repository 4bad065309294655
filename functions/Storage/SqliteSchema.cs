using System.Globalization;
using Microsoft.Data.Sqlite;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The tables in the file, and which version of them this program writes.</summary>
internal static class SqliteSchema
{
    /// <summary>Raised with every change of the tables.</summary>
    public const int Version = 1;

    /// <summary>Says that the file is ours: "MCst".</summary>
    private const int Application = 0x4D437374;

    // Version is drawn, not counted: a row that was removed and made again never has a version that somebody read before.
    private static readonly string Create = $"""
        CREATE TABLE {Names.StateTable} (
            Shard INTEGER NOT NULL,
            Key TEXT NOT NULL,
            {Names.DocColumn} TEXT NOT NULL,
            {Names.PidColumn} INTEGER,
            {Names.WorkedColumn} INTEGER,
            {Names.WorkedDataColumn} TEXT,
            {Names.DueColumn} INTEGER,
            Version INTEGER NOT NULL,
            PRIMARY KEY (Shard, Key)) STRICT;
        CREATE INDEX {Names.StateTable}{Names.DueColumn} ON {Names.StateTable} (Shard, Key) WHERE {Names.DueColumn} IS NOT NULL;
        PRAGMA application_id = {Application};
        PRAGMA user_version = {Version};
        """;

    /// <summary>Makes the tables in an empty file; refuses a file of a newer program, or of another one.</summary>
    /// <param name="file">For messages.</param>
    /// <exception cref="StorageUnavailableException">It is refused.</exception>
    public static void Prepare(SqliteConnection connection, string file)
    {
        if (Scalar(connection, "PRAGMA journal_mode = WAL") is not "wal")
        {
            throw new StorageUnavailableException($"{file}: its file system cannot hold a write-ahead log; a local one is needed");
        }

        Execute(connection, "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864");
        if (IsCurrent(connection, file))
        {
            return;
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        if (!IsCurrent(connection, file))
        {
            Execute(connection, Create);
        }

        transaction.Commit();
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static bool IsCurrent(SqliteConnection connection, string file)
    {
        var found = Number(connection, "PRAGMA user_version");
        var tables = Number(connection, "SELECT count(*) FROM sqlite_master");
        if (found == 0 && tables == 0)
        {
            return false;
        }

        if (Number(connection, "PRAGMA application_id") != Application)
        {
            throw new StorageUnavailableException($"{file} is another program's database");
        }

        return found <= Version
            ? true
            : throw new StorageUnavailableException($"{file} was written by a newer MoneroCloud: its schema is {found}, this program knows {Version}");
    }

    private static long Number(SqliteConnection connection, string sql) => Convert.ToInt64(Scalar(connection, sql), CultureInfo.InvariantCulture);

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
