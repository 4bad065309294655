using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.WalletRpc;

/// <summary>Deadlines by the given clock, and the caller's own cancellation.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_peer_that_never_answers_has_timed_out_at_the_deadline_and_not_before()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Hang);
        using var client = Client(peer);

        var check = client.CheckAsync(walletDeclared: false, Cancellation);
        await peer.NextRequestAsync(Cancellation);
        time.Advance(Deadline - TimeSpan.FromMilliseconds(1));
        Assert.False(check.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new ApiAnswer.TimedOut(Deadline), await check);
        Assert.Equal(1, await peer.NextClosingAsync(Cancellation));
    }

    [Fact]
    public async Task A_get_height_that_never_answers_makes_the_whole_check_time_out()
    {
        await using var peer = ScriptedHttpPeer.Start(async (connection, cancellation) =>
        {
            await connection.ReadRequestAsync(cancellation);
            await connection.SendAsync(Play.Answer(Play.VersionJson), cancellation);
            await Play.Hang(connection, cancellation);
        });
        using var client = Client(peer);

        var check = client.CheckAsync(walletDeclared: true, Cancellation);
        await peer.NextRequestAsync(Cancellation);
        await peer.NextRequestAsync(Cancellation);
        time.Advance(Deadline);

        Assert.Equal(new ApiAnswer.TimedOut(Deadline), await check);
    }

    [Fact]
    public async Task Latency_is_that_of_get_version_alone()
    {
        await using var peer = ScriptedHttpPeer.Start(async (connection, cancellation) =>
        {
            await connection.ReadRequestAsync(cancellation);
            time.Advance(TimeSpan.FromMilliseconds(40));
            await connection.SendAsync(Play.Answer(Play.VersionJson), cancellation);
            await connection.ReadRequestAsync(cancellation);
            time.Advance(TimeSpan.FromSeconds(3));
            await connection.SendAsync(Play.Answer("""{"result":{"height":7}}"""), cancellation);
        });
        using var client = Client(peer);

        var answer = await client.CheckAsync(walletDeclared: true, Cancellation);

        Assert.Equal(new ApiAnswer.Answered(65561, TimeSpan.FromMilliseconds(40), new WalletAnswer.Open(7)), answer);
    }

    [Fact]
    public async Task A_check_behind_a_long_command_times_out_without_asking_and_the_command_goes_on()
    {
        var done = new TaskCompletionSource();
        await using var peer = ScriptedHttpPeer.Start(async (connection, cancellation) =>
        {
            await connection.ReadRequestAsync(cancellation);
            await done.Task;
            await connection.SendAsync(Play.Answer("""{"result":{}}"""), cancellation);
        });
        using var client = Client(peer);

        var open = client.OpenWalletAsync("a", "b", TimeSpan.FromMinutes(10), Cancellation);
        await peer.NextRequestAsync(Cancellation);
        var check = client.CheckAsync(walletDeclared: false, Cancellation);
        time.Advance(Deadline);
        Assert.Equal(new ApiAnswer.TimedOut(Deadline), await check);
        done.SetResult();

        Assert.Equal(new RpcReply.Done(), await open);
        Assert.Single(peer.Requests);
    }

    [Fact]
    public async Task After_a_time_out_the_next_check_has_a_new_connection()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Hang, Play.Answers(Play.Answer(Play.VersionJson)));
        using var client = Client(peer);

        var check = client.CheckAsync(walletDeclared: false, Cancellation);
        await peer.NextRequestAsync(Cancellation);
        time.Advance(Deadline);
        Assert.IsType<ApiAnswer.TimedOut>(await check);

        Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));
    }

    [Fact]
    public async Task The_callers_cancellation_is_an_exception_and_ends_the_call_at_once()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Hang);
        using var client = Client(peer);
        using var mine = new CancellationTokenSource();

        var check = client.CheckAsync(walletDeclared: false, mine.Token);
        await peer.NextRequestAsync(Cancellation);
        await mine.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
        Assert.Equal(mine.Token, thrown.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.CheckAsync(walletDeclared: false, mine.Token));
    }

    private WalletRpcClient Client(ScriptedHttpPeer peer) =>
        new(new WalletRpcTarget { Address = peer.Address, Deadline = Deadline }, time);
}
