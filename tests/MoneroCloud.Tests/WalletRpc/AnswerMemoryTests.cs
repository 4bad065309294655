using System.Text;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.WalletRpc;

/// <summary>What one answer may cost in memory, whatever it is. Alone, since the process's allocations are counted.</summary>
[Collection(Alone.Name)]
public sealed class AnswerMemoryTests
{
    /// <summary>The doubled buffers of 1 MiB are 2 MiB together, of which never more than one and a half are held; the rest is the connection's.</summary>
    private const long Bound = 5 << 19;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("an endless body", "HTTP/1.1 200 OK\r\n\r\n", "xxxxxxxxxxxxxxxx")]
    [InlineData("terabytes, by its length", "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999\r\n\r\n", "xxxxxxxxxxxxxxxx")]
    [InlineData("endless chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "a\r\nabcdefghij\r\n")]
    [InlineData("endless headers", "HTTP/1.1 200 OK\r\n", "X: yyyyyyyyyyyy\r\n")]
    public async Task An_answer_without_an_end_costs_two_megabytes_and_no_more(string what, string beginning, string part)
    {
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(part, 4096 / part.Length)));
        await using var peer = ScriptedHttpPeer.Start(async (connection, cancellation) =>
        {
            await connection.ReadRequestAsync(cancellation);
            await connection.SendAsync(Encoding.ASCII.GetBytes(beginning), cancellation);
            while (true)
            {
                await connection.SendAsync(block, cancellation);
            }
        });
        using var client = new WalletRpcClient(new WalletRpcTarget { Address = peer.Address, KeepAlive = false }, TimeProvider.System);
        await client.CheckAsync(walletDeclared: false, Cancellation); // The first one pays for code.

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var answer = await client.CheckAsync(walletDeclared: false, Cancellation);
        var cost = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.IsType<ApiAnswer.NotJsonRpc>(answer);
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {cost} bytes, the sending side's included");
        Assert.InRange(cost, 0, Bound);
    }
}
