using Azure;
using Azure.Data.Tables;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Rows, changes and ranges in the words of the Azure client.</summary>
internal static class AzureRow
{
    /// <summary>The columns of an answer that only has to tell that a row is there.</summary>
    public static readonly string[] KeyOnly = ["RowKey"];

    public static string Filter(Shard shard, KeyRange range)
    {
        var (from, to) = StoredRange.Of(range);
        return TableClient.CreateQueryFilter($"PartitionKey eq {shard.ToString()} and RowKey ge {from} and RowKey lt {to}");
    }

    public static string Filter(Shard shard, KeyRange range, DateTimeOffset until) =>
        $"{Filter(shard, range)} and {TableClient.CreateQueryFilter($"Due le {until.ToUniversalTime()}")}";

    public static TableTransactionAction Action(RowChange change) => change switch
    {
        RowChange.Insert insert => new(TableTransactionActionType.Add, Entity(insert.Row)),
        RowChange.Put put => new(TableTransactionActionType.UpsertReplace, Entity(put.Row)),
        RowChange.Merge merge => new(TableTransactionActionType.UpsertMerge, Entity(merge)),
        RowChange.Replace replace => new(TableTransactionActionType.UpdateReplace, Entity(replace.Row), new ETag(replace.Row.Version!)),
        RowChange.Delete delete =>
            new(TableTransactionActionType.Delete, Entity(delete.Key), delete.Version is null ? ETag.All : new ETag(delete.Version)),
        _ => throw new InvalidOperationException($"unknown change {change}"),
    };

    public static Row Read(TableEntity entity, Shard shard) => new()
    {
        Key = new RowKey(shard, KeyText.Read(entity.RowKey)),
        Version = entity.ETag.ToString(),
        Doc = Doc(entity),
        Pid = entity.GetInt32(Names.PidColumn),
        Worked = entity.GetBoolean(Names.WorkedColumn),
        WorkedData = entity.GetString(Names.WorkedDataColumn),
        Due = entity.GetDateTimeOffset(Names.DueColumn),
    };

    /// <summary>One that was merged has its parts in columns of their own, and a document beside them only where it was written whole before.</summary>
    private static string Doc(TableEntity entity)
    {
        var parts = entity.Where(c => c.Value is string && RowParts.IsName(c.Key)).Select(c => KeyValuePair.Create(c.Key, (string)c.Value)).ToList();
        return (entity.GetString(Names.DocColumn), parts) switch
        {
            (var whole, []) => whole,
            (null, _) => RowParts.Text(parts),
            (var whole, _) => RowParts.Merged(whole, parts),
        };
    }

    private static TableEntity Entity(RowChange.Merge merge)
    {
        var entity = Entity(merge.Key);
        foreach (var (name, text) in merge.Parts)
        {
            entity[name] = text;
        }

        return entity;
    }

    private static TableEntity Entity(RowKey key) => new($"{key.Shard}", KeyText.Write(key.Key));

    private static TableEntity Entity(Row row)
    {
        var entity = Entity(row.Key);
        Set(entity, Names.DocColumn, row.Doc);
        Set(entity, Names.PidColumn, row.Pid);
        Set(entity, Names.WorkedColumn, row.Worked);
        Set(entity, Names.WorkedDataColumn, row.WorkedData);
        Set(entity, Names.DueColumn, row.Due?.ToUniversalTime());
        return entity;
    }

    private static void Set(TableEntity entity, string column, object? value)
    {
        if (value is not null)
        {
            entity[column] = value;
        }
    }
}
