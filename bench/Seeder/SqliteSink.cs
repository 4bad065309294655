using System.Globalization;
using Microsoft.Data.Sqlite;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Bench.Seeder;

/// <summary>A monitor's own file, made by its own code and filled past it: in large transactions, without waiting for the disk.</summary>
internal sealed class SqliteSink : IRowSink
{
    private const int Part = 50_000;

    private static readonly string[] Parameters = ["$shard", "$key", "$doc", "$pid", "$worked", "$workedData", "$due"];

    private readonly SqliteConnection _connection;

    private SqliteSink(SqliteConnection connection) => _connection = connection;

    public long Rows { get; private set; }

    public long Characters { get; private set; }

    public static async Task<SqliteSink> OpenAsync(string file)
    {
        await using (var table = new SqliteTable(file, new TableOptions(), TimeProvider.System))
        {
            await table.PrepareAsync(CancellationToken.None);
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        SqliteSchema.Execute(connection, "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000");
        return new SqliteSink(connection);
    }

    public Task PutAsync(IEnumerable<RowChange> rows)
    {
        foreach (var part in rows.Chunk(Part))
        {
            using var transaction = _connection.BeginTransaction();
            using var insert = _connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText =
                $"INSERT INTO {Names.StateTable} (Shard, Key, Version, {Names.DocColumn}, {Names.PidColumn}, {Names.WorkedColumn}, {Names.WorkedDataColumn}, {Names.DueColumn}) " +
                "VALUES ($shard, $key, 1, $doc, $pid, $worked, $workedData, $due)";
            var parameters = Parameters.Select(n => insert.Parameters.Add(new SqliteParameter { ParameterName = n })).ToArray();
            foreach (var row in part.Select(r => r.Written!))
            {
                object?[] values = [row.Key.Shard.Number, KeyText.Write(row.Key.Key), row.Doc, row.Pid, row.Worked, row.WorkedData, row.Due?.UtcTicks];
                for (var i = 0; i < values.Length; i++)
                {
                    parameters[i].Value = values[i] ?? DBNull.Value;
                }

                insert.ExecuteNonQuery();
                Rows++;
                Characters += row.Doc.Length + row.Key.Key.Length;
            }

            transaction.Commit();
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rows} rows"));
        }

        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        SqliteSchema.Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        await _connection.DisposeAsync();
    }
}
