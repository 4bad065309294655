namespace MoneroCloud.Core;

/// <summary>
/// Asks one monero-wallet-rpc or monerod, one call at a time. Nothing the node does is thrown: every failure is a value, and only
/// the caller's own cancellation is an exception. Never calls <c>refresh</c> or <c>auto_refresh</c>.
/// </summary>
public sealed class WalletRpcClient : IDisposable
{
    private const int DaemonMajor = 3;

    private readonly WalletRpcTarget target;
    private readonly TimeProvider time;
    private readonly RpcCaller caller;
    private readonly ChainAsker chain;
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <exception cref="ArgumentException">The target's address is not plain scheme, host and port.</exception>
    public WalletRpcClient(WalletRpcTarget target, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(time);
        this.target = target;
        this.time = time;
        caller = new RpcCaller(target, time);
        chain = new ChainAsker(caller, time);
    }

    /// <summary>
    /// <c>get_version</c>, and <c>get_height</c> where a wallet is declared, each within the target's deadline. While a call before
    /// this one is still under way the node is not asked; that is <see cref="ApiAnswer.TimedOut"/> too, after the same deadline.
    /// </summary>
    public Task<ApiAnswer> CheckAsync(bool walletDeclared, CancellationToken cancellation) =>
        InTurnAsync(walletDeclared ? WithWalletAsync : PlainAsync, cancellation);

    /// <summary>
    /// <c>get_version</c>, and of a daemon what <c>get_info</c>, <c>get_last_block_header</c> and a few block hashes say of its chain, all on
    /// one connection and within one deadline. Only <c>get_version</c> decides whether it answers; what comes after it is in
    /// <see cref="ApiAnswer.Answered.Chain"/>, or is missing there.
    /// </summary>
    public Task<ApiAnswer> CheckDaemonAsync(CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        return InTurnAsync(
            async (version, token) => version.Major == DaemonMajor ? version with { Chain = await chain.AskAsync(target.Deadline, begun, token) } : version,
            cancellation);
    }

    /// <summary><c>get_info</c> alone, within the target's deadline: whether an address answers as a daemon, and its height.</summary>
    public async Task<InfoReply> GetInfoAsync(CancellationToken cancellation)
    {
        if (!await TryTakeTurnAsync(target.Deadline, cancellation))
        {
            return new InfoReply.NoAnswer(new ApiAnswer.TimedOut(target.Deadline));
        }

        try
        {
            return await caller.CallAsync(RpcRequest.GetInfo, RpcJson.Default.Info, target.Deadline, cancellation) switch
            {
                RpcResult<InfoResult>.Got got => new InfoReply.Answered(InfoReading.Of(got.Result)),
                RpcResult<InfoResult>.Error error => new InfoReply.NoAnswer(new ApiAnswer.RpcError(error.Code)),
                RpcResult<InfoResult>.NoAnswer none => new InfoReply.NoAnswer(none.Why),
                var unknown => throw new InvalidOperationException(unknown.ToString()),
            };
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary><c>get_height</c> alone, within <paramref name="deadline"/>.</summary>
    public async Task<HeightReply> GetHeightAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        if (!await TryTakeTurnAsync(deadline, cancellation))
        {
            return new HeightReply.NoAnswer(new ApiAnswer.TimedOut(deadline));
        }

        try
        {
            return await GetHeightInTurnAsync(deadline, cancellation);
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>
    /// Opens a wallet, which blocks the whole node for seconds to minutes. Call it only after a -13: opening the open wallet
    /// again, or trying it with a wrong password, silently drops its lock.
    /// </summary>
    /// <param name="file">The file's name in the node's wallet folder.</param>
    public Task<RpcReply> OpenWalletAsync(string file, string password, TimeSpan deadline, CancellationToken cancellation) =>
        CommandAsync(RpcRequest.OpenWallet(file, password), deadline, cancellation);

    /// <summary>Saves the open wallet.</summary>
    public Task<RpcReply> StoreAsync(TimeSpan deadline, CancellationToken cancellation) =>
        CommandAsync(RpcRequest.Store, deadline, cancellation);

    /// <summary>Saves the open wallet and ends the process. Without an open wallet: -13, and it keeps running.</summary>
    public Task<RpcReply> StopWalletAsync(TimeSpan deadline, CancellationToken cancellation) =>
        CommandAsync(RpcRequest.StopWallet, deadline, cancellation);

    public void Dispose()
    {
        caller.Dispose();
        turn.Dispose();
    }

    private static Task<ApiAnswer> PlainAsync(ApiAnswer.Answered version, CancellationToken cancellation) => Task.FromResult<ApiAnswer>(version);

    private async Task<ApiAnswer> WithWalletAsync(ApiAnswer.Answered version, CancellationToken cancellation) =>
        await GetHeightInTurnAsync(target.Deadline, cancellation) switch
        {
            HeightReply.Answered height => version with { Wallet = height.Wallet },
            HeightReply.NoAnswer none => none.Why,
            var unknown => throw new InvalidOperationException(unknown.ToString()),
        };

    /// <param name="then">What is asked of a node that answered with its version.</param>
    /// <param name="cancellation">The caller's own.</param>
    private async Task<ApiAnswer> InTurnAsync(Func<ApiAnswer.Answered, CancellationToken, Task<ApiAnswer>> then, CancellationToken cancellation)
    {
        if (!await TryTakeTurnAsync(target.Deadline, cancellation))
        {
            return new ApiAnswer.TimedOut(target.Deadline);
        }

        try
        {
            return await caller.CallAsync(RpcRequest.GetVersion, RpcJson.Default.Version, target.Deadline, cancellation) switch
            {
                RpcResult<VersionResult>.Got { Result.Version: > 0 and var number, Latency: var latency } =>
                    await then(new ApiAnswer.Answered(number, latency, new WalletAnswer.NotAsked()), cancellation),
                RpcResult<VersionResult>.Error error => new ApiAnswer.RpcError(error.Code),
                RpcResult<VersionResult>.NoAnswer none => none.Why,
                _ => new ApiAnswer.NotJsonRpc("no integer version"),
            };
        }
        finally
        {
            EndTurn();
        }
    }

    private async Task<HeightReply> GetHeightInTurnAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        var height = await caller.CallAsync(RpcRequest.GetHeight, RpcJson.Default.Height, deadline, cancellation);
        return height switch
        {
            RpcResult<HeightResult>.Got { Result.Height: >= 0 and var blocks } => new HeightReply.Answered(new WalletAnswer.Open(blocks)),
            RpcResult<HeightResult>.Error { Code: -13 } => new HeightReply.Answered(new WalletAnswer.NotOpen()),
            RpcResult<HeightResult>.Error { Code: -38 } => new HeightReply.Answered(new WalletAnswer.NoDaemon()),
            RpcResult<HeightResult>.Error error => new HeightReply.Answered(new WalletAnswer.Error(error.Code)),
            RpcResult<HeightResult>.NoAnswer none => new HeightReply.NoAnswer(none.Why),
            _ => new HeightReply.NoAnswer(new ApiAnswer.NotJsonRpc("no integer height")),
        };
    }

    private async Task<RpcReply> CommandAsync(RpcRequest request, TimeSpan deadline, CancellationToken cancellation)
    {
        if (!await TryTakeTurnAsync(deadline, cancellation))
        {
            return new RpcReply.NoAnswer(new ApiAnswer.TimedOut(deadline));
        }

        try
        {
            // On a connection of its own, so that a reset is the node's word and a command is never sent twice.
            caller.Close();
            return await caller.CallAsync(request, RpcJson.Default.Empty, deadline, cancellation) switch
            {
                RpcResult<EmptyResult>.Got => new RpcReply.Done(),
                RpcResult<EmptyResult>.Error error => new RpcReply.Error(error.Code, error.Message),
                RpcResult<EmptyResult>.NoAnswer none => new RpcReply.NoAnswer(none.Why),
                var unknown => throw new InvalidOperationException(unknown.ToString()),
            };
        }
        finally
        {
            EndTurn();
        }
    }

    private async ValueTask<bool> TryTakeTurnAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (turn.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            return true;
        }

        using var limit = new CancellationTokenSource(deadline, time);
        using var link = cancellation.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        try
        {
            await turn.WaitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return false;
        }
    }

    private void EndTurn()
    {
        if (!target.KeepAlive)
        {
            caller.Close();
        }

        turn.Release();
    }
}
