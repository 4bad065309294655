using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Whether a part of an import is one that may be written. Pure: it looks at nothing that is stored.</summary>
internal static class ImportCheck
{
    public const int MostRows = 1_000;

    private const int HashLength = 64;

    /// <summary>What is wrong, with row, line, key, value and bound; null where nothing is.</summary>
    public static string? Problem(ImportRequest request)
    {
        // JSON's null is not kept out of what must be there.
        if (request.File is not { Length: HashLength } || !request.File.All(char.IsAsciiHexDigitLower))
        {
            return $"file is not a SHA-256: {HashLength} hexadecimal digits in small letters";
        }

        if (request.Total < 0 || request.From < 0 || request.Rows.Length > MostRows || request.From > request.Total - request.Rows.Length)
        {
            return $"rows {request.From} and {request.Rows.Length} more of {request.Total}: at most {MostRows} in one part, within the file";
        }

        var seen = new Dictionary<RowKey, int>();
        for (var i = 0; i < request.Rows.Length; i++)
        {
            if (Problem(request.Rows[i], seen, i) is { } problem)
            {
                // The file's first line is its header.
                var (key, number) = (ShownText.Printable(ApiQuery.Short(request.Rows[i]?.Key ?? "")), request.From + i + 1);
                return $"row {number} (line {number + 1} of the file), {key} in shard {request.Rows[i]?.Shard}, {ShownText.Printable(problem)}";
            }
        }

        return null;
    }

    public static Row RowOf(ExportedRow row) => new()
    {
        Key = new RowKey(new Shard(row.Shard), row.Key),
        Doc = row.Doc,
        Pid = row.Pid,
        Worked = row.Worked,
        WorkedData = row.WorkedData,
        Due = row.Due,
    };

    private static string? Problem(ExportedRow? row, Dictionary<RowKey, int> seen, int index)
    {
        if (row is not { Key: not null, Doc: not null })
        {
            return "is null, or its key or doc is";
        }

        if (row.Shard is < 0 or >= Shard.Count)
        {
            return $"is in no shard: 0 to {Shard.Count - 1}";
        }

        if (!RowKey.IsAllowed(row.Key))
        {
            return $"has a key of {row.Key.Length} characters: 1 to {RowKey.MaxLength}, also as it is written";
        }

        foreach (var (name, length) in new[] { ("doc", row.Doc.Length), ("worked_data", row.WorkedData?.Length ?? 0) })
        {
            if (length > Row.MaxText)
            {
                return $"has a {name} of {length} characters: at most {Row.MaxText}";
            }
        }

        var whole = RowOf(row);
        return !seen.TryAdd(whole.Key, index) ? $"is there twice: {index - seen[whole.Key]} rows earlier too" : ExportedKinds.Problem(whole);
    }
}
