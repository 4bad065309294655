using Microsoft.Data.Sqlite;

namespace MoneroCloud.Functions;

/// <summary>The file, 0600, in a folder that is made 0700 where it is missing; and how connections to it are made.</summary>
internal sealed class SqliteFile(string file, TableOptions options)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.GetFullPath(file);

    /// <summary>Makes the file and its schema where they are missing.</summary>
    public SqliteConnection OpenForWriting()
    {
        MakeFile();
        return Open(SqliteSchema.Prepare);
    }

    public SqliteConnection OpenForReading() => Open((connection, _) => SqliteSchema.Execute(connection, "PRAGMA query_only = ON"));

    private SqliteConnection Open(Action<SqliteConnection, string> prepare)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            // How long a lock of another program is waited for: a little less than the call's deadline, so that the lock is named.
            DefaultTimeout = Math.Max(1, (int)options.Deadline.TotalSeconds - 1),
        }.ConnectionString);
        try
        {
            connection.Open();
            prepare(connection, Path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite gives the files beside it (-wal, -shm) the mode of the first.
    private void MakeFile()
    {
        if (File.Exists(Path))
        {
            File.SetUnixFileMode(Path, OwnerOnly);
            return;
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!, OwnerOnly | UnixFileMode.UserExecute);
        new FileStream(Path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }).Dispose();
    }
}
