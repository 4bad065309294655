using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What wallets learn of their daemons, whether those are nodes of the agent or only an address.</summary>
public sealed class DaemonBoardTests
{
    private static readonly NodeName Chain = NodeName.Parse("chain");
    private static readonly DaemonReference Own = new(Chain, "127.0.0.1", 18081);

    private readonly SteppingTime _time = new(Given.Now);

    public static TheoryData<ApiAnswer, DaemonSighting> Answers => new()
    {
        { Given.Daemon.Api, DaemonSighting.Answers },
        { new ApiAnswer.Unauthorized(Stale: false), DaemonSighting.Answers },
        { new ApiAnswer.RpcError(-32601), DaemonSighting.Answers },
        { new ApiAnswer.HttpStatus(404), DaemonSighting.Answers },
        { new ApiAnswer.HttpStatus(502), DaemonSighting.Silent },
        { new ApiAnswer.TimedOut(TimeSpan.FromSeconds(5)), DaemonSighting.Silent },
        { new ApiAnswer.Unreachable("no route"), DaemonSighting.Silent },
        { new ApiAnswer.Refused(), DaemonSighting.Refuses },
        { new ApiAnswer.Reset(), DaemonSighting.NotKnown },
        { new ApiAnswer.TlsFailed("expired"), DaemonSighting.NotKnown },
        { new ApiAnswer.NotJsonRpc("not HTTP"), DaemonSighting.NotKnown },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Only_an_answer_is_an_answer_and_only_a_refusal_refuses(ApiAnswer answer, DaemonSighting expected)
    {
        var board = Board();
        board.Put(Chain, Given.Daemon with { Api = answer });
        Assert.Equal(expected, board.Of(Own).Sighting);
    }

    [Fact]
    public void A_daemon_that_works_in_silence_is_busy_one_that_is_stopped_is_silent_and_one_that_is_gone_refuses()
    {
        var board = Board();
        board.Put(Chain, Given.Daemon with { Api = Given.TimedOut, Work = new WorkSighting { CpuUsed = TimeSpan.FromSeconds(1) } });
        Assert.Equal(DaemonSighting.Busy, board.Of(Own).Sighting);
        board.Put(Chain, Given.Daemon with { Api = new ApiAnswer.NotAsked(), Process = Given.Alive(TimeSpan.FromHours(1), ProcessRunState.Stopped) });
        Assert.Equal(DaemonSighting.Silent, board.Of(Own).Sighting);
        board.Put(Chain, Given.Daemon with { Api = new ApiAnswer.NotAsked(), Process = new ProcessSighting.Gone(new ProcessExit.Killed(9), ExitCause.Unknown) });
        Assert.Equal(DaemonSighting.Refuses, board.Of(Own).Sighting);
        board.PutGone(Chain);
        Assert.Equal(DaemonSighting.Refuses, board.Of(Own).Sighting);
    }

    [Fact]
    public void A_check_that_failed_on_our_own_side_says_nothing_and_an_old_word_is_forgotten()
    {
        var board = Board();
        board.Put(Chain, At(100, 'a'));
        board.Put(Chain, Given.Daemon with { Api = new ApiAnswer.OwnFailure("no descriptors") });
        board.Put(Chain, Given.Daemon with { Api = new ApiAnswer.NotAsked() });
        Assert.Equal(new DaemonWord(DaemonSighting.Answers, 100), board.Of(Own));

        _time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(new DaemonWord(DaemonSighting.Answers, 100), board.Of(Own));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DaemonWord.None, board.Of(Own));
        Assert.Equal(DaemonWord.None, board.Of(null));
    }

    [Fact]
    public void The_daemons_of_one_agent_are_compared_with_each_other()
    {
        var board = Board();
        var others = new[] { NodeName.Parse("two"), NodeName.Parse("three") };
        board.Put(Chain, At(1_009, 'b')); // Its own last word is no witness.
        board.Put(others[0], At(1_009, 'a'));
        Assert.Null(board.Compared(new ChainSighting(), Chain, At(1_009, 'b').Api).ForkedAt);
        board.Put(others[1], At(1_014, 'a'));

        var seen = board.Compared(new ChainSighting { Rising = true }, Chain, At(1_009, 'b').Api);
        Assert.Equal(
            new ChainSighting { Rising = true, OtherDaemons = 2, BehindMedian = 0, HashDiffersFromMajority = true, ForkedAt = 1_000 }, seen);
        Assert.Equal(Condition.DaemonForked, (At(1_009, 'b') with { Chain = seen }).Diagnosed().Condition);

        // One of them is not heard any more.
        _time.Advance(TimeSpan.FromSeconds(100));
        board.Put(others[0], At(1_009, 'a'));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((1, null), (board.Compared(new ChainSighting(), Chain, At(1_009, 'b').Api).OtherDaemons, board.Compared(new ChainSighting(), Chain, At(1_009, 'b').Api).ForkedAt));
    }

    private DaemonBoard Board() => new(new AgentClock(_time), () => Config);

    private static AgentConfig Config { get; } = new() { File = "/a", Agent = NodeName.Parse("host"), StateFolder = "/s", Nodes = [] };

    private static NodeEvidence At(long height, char chain) => Given.Daemon with
    {
        Api = (ApiAnswer.Answered)Given.Daemon.Api with
        {
            Chain = new ChainAnswer.Told
            {
                Network = ChainNetwork.Regtest,
                Height = height,
                Marks = [.. ChainMarks.Heights(height).Select(h => new BlockMark(h, $"{chain}{h}"))],
            },
        },
    };
}
