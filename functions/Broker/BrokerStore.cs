using Microsoft.Data.Sqlite;

namespace MoneroCloud.Functions;

/// <summary>
/// The broker's SQLite file. For one thread at a time. Everything happens between <see cref="Begin"/> and <see cref="Commit"/>; nothing
/// may be answered before the commit.
/// </summary>
internal sealed class BrokerStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS queues (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS messages (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL, message_id TEXT, enqueued INTEGER NOT NULL, expires INTEGER,
            deliveries INTEGER NOT NULL, size INTEGER NOT NULL, reason TEXT, description TEXT, payload BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS seen (
            queue INTEGER NOT NULL, message_id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (queue, message_id)) WITHOUT ROWID;
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _deliveries;
    private readonly SqliteCommand _move;
    private readonly SqliteCommand _payload;
    private readonly SqliteCommand _see;
    private readonly SqliteCommand _forget;
    private SqliteTransaction? _transaction;

    private BrokerStore(SqliteConnection connection)
    {
        _connection = connection;
        _insert = Command("""
            INSERT INTO messages (queue, message_id, enqueued, expires, deliveries, size, payload)
            VALUES ($a, $b, $c, $d, 0, $e, $f) RETURNING sequence
            """, 6);
        _delete = Command("DELETE FROM messages WHERE sequence = $a", 1);
        _deliveries = Command("UPDATE messages SET deliveries = $b WHERE sequence = $a", 2);
        _move = Command("UPDATE messages SET queue = $b, expires = NULL, deliveries = 0, reason = $c, description = $d WHERE sequence = $a", 4);
        _payload = Command("SELECT payload FROM messages WHERE sequence = $a", 1);
        _see = Command("INSERT OR REPLACE INTO seen (queue, message_id, at) VALUES ($a, $b, $c)", 3);
        _forget = Command("DELETE FROM seen WHERE queue = $a AND message_id = $b AND at = $c", 3);
    }

    /// <exception cref="SqliteException">The file cannot be opened, or is no database.</exception>
    public static BrokerStore Open(string file, BrokerDurability durability, long mostBytes)
    {
        // Created here for its mode; SQLite gives the same to the files beside it.
        PrivateFile.Open(file, FileShare.ReadWrite).Dispose();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Run(connection, $"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = {(durability == BrokerDurability.Power ? "FULL" : "NORMAL")};
                PRAGMA max_page_count = {Math.Max(16, mostBytes / 4096)};
                """);
            Run(connection, Schema);
            return new BrokerStore(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Begin() => _transaction ??= _connection.BeginTransaction(deferred: true);

    public void Commit()
    {
        _transaction?.Commit();
        EndTransaction();
    }

    public void Rollback()
    {
        try
        {
            _transaction?.Rollback();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself.
        }

        EndTransaction();
    }

    public long QueueId(string name)
    {
        using var insert = Command("INSERT OR IGNORE INTO queues (name) VALUES ($a)", 1);
        Execute(insert, name);
        using var select = Command("SELECT id FROM queues WHERE name = $a", 1);
        return (long)Bind(select, name).ExecuteScalar()!;
    }

    /// <summary>All that is stored, without the payloads, by queue.</summary>
    public Dictionary<long, List<QueueEntry>> Load()
    {
        using var select = Command("SELECT queue, sequence, enqueued, expires, deliveries, size, reason, description FROM messages ORDER BY sequence", 0);
        using var rows = select.ExecuteReader();
        var all = new Dictionary<long, List<QueueEntry>>();
        while (rows.Read())
        {
            var entry = new QueueEntry(rows.GetInt64(1), rows.GetInt64(2), rows.IsDBNull(3) ? null : rows.GetInt64(3), rows.GetInt32(5))
            {
                Deliveries = rows.GetInt32(4),
                Reason = rows.IsDBNull(6) ? null : rows.GetString(6),
                Description = rows.IsDBNull(7) ? null : rows.GetString(7),
            };
            if (!all.TryGetValue(rows.GetInt64(0), out var entries))
            {
                all.Add(rows.GetInt64(0), entries = []);
            }

            entries.Add(entry);
        }

        return all;
    }

    public List<(string MessageId, long At)> LoadSeen(long queue)
    {
        using var select = Command("SELECT message_id, at FROM seen WHERE queue = $a ORDER BY at", 1);
        using var rows = Bind(select, queue).ExecuteReader();
        var seen = new List<(string, long)>();
        while (rows.Read())
        {
            seen.Add((rows.GetString(0), rows.GetInt64(1)));
        }

        return seen;
    }

    /// <returns>The message's sequence number.</returns>
    public long Insert(long queue, string? messageId, long enqueued, long? expires, byte[] payload) =>
        (long)Bind(_insert, queue, messageId, enqueued, expires, payload.Length, payload).ExecuteScalar()!;

    public void Delete(long sequence) => Execute(_delete, sequence);

    public void SetDeliveries(long sequence, int deliveries) => Execute(_deliveries, sequence, deliveries);

    public void Move(long sequence, long queue, string reason, string description) => Execute(_move, sequence, queue, reason, description);

    public byte[] Payload(long sequence) => (byte[])Bind(_payload, sequence).ExecuteScalar()!;

    public void See(long queue, string messageId, long at) => Execute(_see, queue, messageId, at);

    public void Forget(long queue, string messageId, long at) => Execute(_forget, queue, messageId, at);

    public void Dispose()
    {
        _transaction?.Dispose();
        foreach (var command in (SqliteCommand[])[_insert, _delete, _deliveries, _move, _payload, _see, _forget])
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private void EndTransaction()
    {
        _transaction?.Dispose();
        _transaction = null;
    }

    private SqliteCommand Command(string text, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${(char)('a' + i)}" });
        }

        return command;
    }

    private void Execute(SqliteCommand command, params ReadOnlySpan<object?> values) => Bind(command, values).ExecuteNonQuery();

    private SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.Transaction = _transaction;
        return command;
    }

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
