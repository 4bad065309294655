using System.Text;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.WalletRpc;

/// <summary>An answer that ends somewhere in its middle, by a reset or a close, at every byte of it.</summary>
public sealed class CutAnswerTests
{
    private static readonly byte[] Whole = Encoding.ASCII.GetBytes(Play.Answer(Play.VersionJson));
    private static readonly int HeadLength = Encoding.ASCII.GetString(Whole).IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_is_cut_at_any_byte_is_a_reset_or_cut_off_and_the_whole_one_is_an_answer(bool byReset)
    {
        var cut = 0;
        await using var peer = ScriptedHttpPeer.Start(async (connection, cancellation) =>
        {
            await connection.ReadRequestAsync(cancellation);
            await connection.SendAsync(Whole[..cut], cancellation);
            if (byReset)
            {
                connection.Reset();
            }
        });
        using var client = new WalletRpcClient(new WalletRpcTarget { Address = peer.Address, KeepAlive = false }, TimeProvider.System);

        for (; cut < Whole.Length; cut++)
        {
            var answer = await client.CheckAsync(walletDeclared: false, Cancellation);
            Assert.True(IsExpected(answer, byReset), $"cut at byte {cut} of {Whole.Length}: {answer}");
        }

        // A reset behind the last byte may overtake it; a close never does.
        var last = await client.CheckAsync(walletDeclared: false, Cancellation);
        Assert.True(last is ApiAnswer.Answered { Version: 65561 } || (byReset && IsExpected(last, byReset)), $"{last}");

        // A reset throws away what was not read yet: so it may look as if it came earlier, never later.
        bool IsExpected(ApiAnswer answer, bool mayBeEarlier) => answer switch
        {
            ApiAnswer.Reset => cut < HeadLength || mayBeEarlier,
            ApiAnswer.NotJsonRpc { What: "answer cut off" } => cut >= HeadLength,
            _ => false,
        };
    }

    [Fact]
    public async Task An_answer_of_HTTP_1_0_without_a_length_is_an_answer_and_half_of_it_is_none()
    {
        const string Head = "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n";
        await using var peer = ScriptedHttpPeer.Start(Play.Once($"{Head}{Play.VersionJson}"), Play.Once($"{Head}{Play.VersionJson[..40]}"), Play.Once("HTTP/1.0 200 OK\r\n\r\n"));
        using var client = new WalletRpcClient(new WalletRpcTarget { Address = peer.Address }, TimeProvider.System);

        Assert.Equal(65561, Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation)).Version);
        Assert.IsType<ApiAnswer.NotJsonRpc>(await client.CheckAsync(walletDeclared: false, Cancellation));
        Assert.IsType<ApiAnswer.NotJsonRpc>(await client.CheckAsync(walletDeclared: false, Cancellation));
    }
}
