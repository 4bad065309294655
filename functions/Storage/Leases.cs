using System.Text.Json;

namespace MoneroCloud.Functions;

/// <summary>
/// Who works on what, by compare-and-set on a row <c>l|name</c>. A lease spares double work; it does not guard data, since clocks differ and
/// a holder may sleep past its end: what is written is guarded by its own version.
/// </summary>
internal sealed class Leases(ITable table, TimeProvider time)
{
    private const string Prefix = "l|";

    /// <summary>Null while another holder has it.</summary>
    /// <param name="holder">Of this process alone, and new at each start: who has the lease already gets it again.</param>
    public async Task<Lease?> TryTakeAsync(Shard shard, string name, string holder, TimeSpan length, CancellationToken cancellationToken)
    {
        var key = new RowKey(shard, Prefix + name);
        var found = await table.ReadAsync(key, cancellationToken);
        if (found is not null && Read(found) is { } doc && doc.Holder != holder && doc.IsHeld(time.GetUtcNow()))
        {
            return null;
        }

        return await WriteAsync(key, found?.Version, holder, length, cancellationToken);
    }

    /// <summary>The lease with a later end; null when it was lost, even if nobody has it now.</summary>
    public Task<Lease?> RenewAsync(Lease lease, TimeSpan length, CancellationToken cancellationToken) =>
        WriteAsync(lease.Key, lease.Version, lease.Holder, length, cancellationToken);

    /// <summary>Gives it back, unless it was lost.</summary>
    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) =>
        table.CommitAsync([new RowChange.Delete(lease.Key, lease.Version)], cancellationToken);

    private async Task<Lease?> WriteAsync(RowKey key, string? version, string holder, TimeSpan length, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var doc = new LeaseDoc(holder, now, now + length);
        var row = new Row { Key = key, Doc = JsonSerializer.Serialize(doc, StorageJson.Default.LeaseDoc), Version = version };
        RowChange change = version is null ? new RowChange.Insert(row) : new RowChange.Replace(row);
        return await table.CommitAsync([change], cancellationToken) is CommitResult.Committed committed
            ? new Lease(key, holder, doc.Until, committed.Versions[key])
            : await OwnAsync(key, doc, cancellationToken);
    }

    // The race may have been lost against our own write, whose answer did not arrive.
    private async Task<Lease?> OwnAsync(RowKey key, LeaseDoc written, CancellationToken cancellationToken) =>
        await table.ReadAsync(key, cancellationToken) is { } row && Read(row) == written
            ? new Lease(key, written.Holder, written.Until, row.Version!)
            : null;

    /// <summary>Null for what is no lease: nobody has it then, and it is written over.</summary>
    private static LeaseDoc? Read(Row row)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Doc, StorageJson.Default.LeaseDoc);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
