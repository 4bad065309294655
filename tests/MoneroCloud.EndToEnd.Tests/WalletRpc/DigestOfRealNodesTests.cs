using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.WalletRpc;

/// <summary>wallet-rpc binds a nonce to its connection; whatever the connections do, a right login is never refused.</summary>
public sealed class DigestOfRealNodesTests(ThreeNodesWithLogins fixture) : IClassFixture<ThreeNodesWithLogins>
{
    private const int InARow = 500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Five_hundred_checks_in_a_row_on_three_nodes_side_by_side_all_answer(bool keepAlive)
    {
        var all = await Task.WhenAll(fixture.Nodes.Select(node => Task.Run(() => AnswersAsync(node.Target with { KeepAlive = keepAlive }))));

        Assert.All(all.SelectMany(answers => answers), answer =>
            Assert.Equal(new WalletAnswer.NotOpen(), Assert.IsType<ApiAnswer.Answered>(answer).Wallet));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_password_is_seen_each_time_and_the_right_one_still_works_beside_it(bool keepAlive)
    {
        var node = fixture.Nodes[0];
        using var wrong = Client(node.Target with { KeepAlive = keepAlive, Login = new RpcLogin("monitor", "wrong") });
        using var right = Client(node.Target with { KeepAlive = keepAlive });

        for (var check = 0; check < 50; check++)
        {
            Assert.Equal(new ApiAnswer.Unauthorized(Stale: false), await wrong.CheckAsync(walletDeclared: false, Cancellation));
            Assert.IsType<ApiAnswer.Answered>(await right.CheckAsync(walletDeclared: false, Cancellation));
        }
    }

    [Fact]
    public async Task No_login_and_a_wrong_user_are_unauthorized()
    {
        var node = fixture.Nodes[0];
        using var none = Client(node.Target with { Login = null });
        using var other = Client(node.Target with { Login = new RpcLogin("other", "secret") });

        Assert.Equal(new ApiAnswer.Unauthorized(Stale: false), await none.CheckAsync(walletDeclared: false, Cancellation));
        Assert.Equal(new ApiAnswer.Unauthorized(Stale: false), await other.CheckAsync(walletDeclared: false, Cancellation));
    }

    [Fact]
    public async Task Commands_and_checks_mixed_over_one_client_are_never_refused()
    {
        using var client = Client(fixture.Nodes[1].Target);
        var deadline = TimeSpan.FromSeconds(15);

        for (var round = 0; round < 50; round++)
        {
            Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: true, Cancellation));
            Assert.Equal(new RpcReply.Error(-13, "No wallet file"), await client.StoreAsync(deadline, Cancellation));
            Assert.Equal(new HeightReply.Answered(new WalletAnswer.NotOpen()), await client.GetHeightAsync(deadline, Cancellation));
        }
    }

    private static async Task<List<ApiAnswer>> AnswersAsync(WalletRpcTarget target)
    {
        using var client = Client(target);
        var answers = new List<ApiAnswer>();
        while (answers.Count < InARow)
        {
            answers.Add(await client.CheckAsync(walletDeclared: true, Cancellation));
        }

        return answers;
    }

    private static WalletRpcClient Client(WalletRpcTarget target) => new(target, TimeProvider.System);
}
