using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One address at which a daemon should be: asked by one task at a time, its last answer kept.</summary>
internal sealed class AskedDaemon(DaemonReference daemon, AgentClock clock, Action<Exception> onBug)
{
    private readonly Lock _lock = new();
    private TimeSpan? _askedAt;
    private Task _asking = Task.CompletedTask;
    private DaemonAnswer? _answer;

    /// <summary>The last answer and when it came; null before the first.</summary>
    public DaemonAnswer? Answered => Volatile.Read(ref _answer);

    public Task Asking
    {
        get
        {
            lock (_lock)
            {
                return _asking;
            }
        }
    }

    /// <summary>Begins to ask, unless that was done less than a period ago or is still under way.</summary>
    public void Want(TimeSpan period, TimeSpan deadline, CancellationToken leaving)
    {
        lock (_lock)
        {
            if (_asking.IsCompleted && !leaving.IsCancellationRequested && (_askedAt is not { } at || clock.Now - at >= period))
            {
                _askedAt = clock.Now;
                _asking = Task.Run(() => AskAsync(deadline, leaving), CancellationToken.None);
            }
        }
    }

    private async Task AskAsync(TimeSpan deadline, CancellationToken leaving)
    {
        try
        {
            if (await WordAsync(deadline, leaving) is { } word)
            {
                Volatile.Write(ref _answer, new DaemonAnswer(word, clock.Now));
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The agent leaves.
        }
        catch (Exception bug)
        {
            onBug(bug);
        }
    }

    /// <summary>
    /// A wallet may reach its daemon by TLS where we know only host and port. What does not speak plain HTTP is asked by TLS as well; when that
    /// fails too, as with a certificate that nobody vouches for, something is there and nothing more is known. Null when our own side failed.
    /// </summary>
    private async Task<DaemonWord?> WordAsync(TimeSpan deadline, CancellationToken leaving)
    {
        var began = clock.Now;
        var reply = await GetInfoAsync(Uri.UriSchemeHttp, deadline, leaving);
        var left = deadline - (clock.Now - began);
        return reply is InfoReply.NoAnswer { Why: ApiAnswer.Reset or ApiAnswer.NotJsonRpc } && left > TimeSpan.Zero
            ? Word(await GetInfoAsync(Uri.UriSchemeHttps, left, leaving)) is { Sighting: DaemonSighting.Answers } secured ? secured : Word(reply)
            : Word(reply);
    }

    private static DaemonWord? Word(InfoReply reply) => reply switch
    {
        InfoReply.Answered answered => new DaemonWord(DaemonSighting.Answers, answered.Chain.Height),
        InfoReply.NoAnswer none when DaemonWord.Of(none.Why) is { } sighting => new DaemonWord(sighting, null),
        _ => null,
    };

    private async Task<InfoReply> GetInfoAsync(string scheme, TimeSpan deadline, CancellationToken leaving)
    {
        var target = new WalletRpcTarget { Address = new UriBuilder(scheme, daemon.Host, daemon.Port).Uri, Deadline = deadline, KeepAlive = false };
        using var client = new WalletRpcClient(target, clock.Provider);
        return await client.GetInfoAsync(leaving);
    }
}
