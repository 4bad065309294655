using Microsoft.Data.Sqlite;

namespace MoneroCloud.Tests.Storage;

/// <summary>A stranger's connection that has begun to write into a SQLite file and does not end it.</summary>
internal sealed class SqliteLock : IAsyncDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    private SqliteLock(SqliteConnection connection)
    {
        _connection = connection;
        _transaction = connection.BeginTransaction(deferred: false);
    }

    public static SqliteLock Take(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return new SqliteLock(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
