using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A defect: a new order goes to its agent before it is stored.</summary>
internal sealed class SendFirstTable(ITable table, IBusSender bus) : PassingTable(table)
{
    public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        if (changes[0] is RowChange.Insert { Row: var row } && row.Key.Key.StartsWith(Keys.Orders, StringComparison.Ordinal))
        {
            var order = Documents.Read(row, CoreJson.Default.OrderRecord).Value.Order;
            using var key = SigningKey.Create();
            var body = Jws.Sign(key, JwsType.Order, JsonSerializer.SerializeToUtf8Bytes(order, CoreJson.Default.Order));
            await bus.SendAsync(Names.CommandsQueue(order.Audience.ToString()), new BusMessage { MessageId = $"{order.Id}:0", Body = body }, cancellationToken);
        }

        return await base.CommitAsync(changes, cancellationToken);
    }
}
