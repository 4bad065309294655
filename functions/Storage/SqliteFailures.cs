using Microsoft.Data.Sqlite;

namespace MoneroCloud.Functions;

/// <summary>Which of SQLite's errors are the environment's, and what an operator has to know of them.</summary>
internal static class SqliteFailures
{
    /// <summary>Null for a bug.</summary>
    public static string? Describe(string file, SqliteException exception) => exception.SqliteErrorCode switch
    {
        3 or 8 => $"{file} cannot be written: permission denied or a read-only file system ({Code(exception)})",
        5 or 6 => $"{file} is locked by another program ({Code(exception)})",
        10 => $"{file} could not be read or written: the disk failed or is full ({Code(exception)})",
        11 or 26 => $"{file} is damaged or no SQLite database; put it aside, or restore it ({Code(exception)})",
        13 => $"{file} could not grow: the disk is full ({Code(exception)})",
        14 => $"{file} cannot be opened ({Code(exception)})",
        _ => null,
    };

    private static string Code(SqliteException exception) => $"SQLite error {exception.SqliteExtendedErrorCode}";
}
