using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Core;

/// <summary>
/// Asks a daemon for its chain: <c>get_info</c>, and where the top block is another than at the check before, its header's time and the
/// hashes at <see cref="ChainMarks"/>. One call a check as a rule, eight at the most; what fails after <c>get_info</c> is only not known.
/// </summary>
internal sealed class ChainAsker(RpcCaller caller, TimeProvider time)
{
    private ChainAnswer.Told? before;

    /// <param name="deadline">For all calls together.</param>
    /// <param name="begun">The timestamp from which it counts.</param>
    /// <param name="cancellation">The caller's own.</param>
    public async Task<ChainAnswer> AskAsync(TimeSpan deadline, long begun, CancellationToken cancellation)
    {
        var known = before;
        before = null;
        switch (await CallAsync(RpcRequest.GetInfo, RpcJson.Default.Info, deadline, begun, cancellation))
        {
            case RpcResult<InfoResult>.Got got:
                var told = InfoReading.Of(got.Result);
                return before = told.TopHash is not null && told.TopHash == known?.TopHash && told.Height == known.Height
                    ? told with { LastBlockAt = known.LastBlockAt, Marks = known.Marks }
                    : await WithBlocksAsync(told, deadline, begun, cancellation);
            case RpcResult<InfoResult>.Error error:
                return new ChainAnswer.NotTold(new ApiAnswer.RpcError(error.Code));
            case RpcResult<InfoResult>.NoAnswer none:
                return new ChainAnswer.NotTold(none.Why);
            case var unknown:
                throw new InvalidOperationException(unknown.ToString());
        }
    }

    /// <summary>Of a bootstrap daemon's answer nothing more is asked: the blocks would be the bootstrap daemon's too.</summary>
    private async Task<ChainAnswer.Told> WithBlocksAsync(ChainAnswer.Told told, TimeSpan deadline, long begun, CancellationToken cancellation)
    {
        if (told is not { Height: { } height, TopHash: not null })
        {
            return told;
        }

        var header = await CallAsync(RpcRequest.GetLastBlockHeader, RpcJson.Default.Header, deadline, begun, cancellation) as RpcResult<HeaderResult>.Got;
        var marks = ImmutableArray.CreateBuilder<BlockMark>();
        foreach (var mark in ChainMarks.Heights(height))
        {
            var got = await CallAsync(RpcRequest.GetBlockHash(mark), RpcJson.Default.Hash, deadline, begun, cancellation);
            if (got is not RpcResult<string>.Got { Result: var text } || InfoReading.Hash(text) is not { } hash)
            {
                break;
            }

            marks.Add(new BlockMark(mark, hash[..BlockMark.HashLength]));
        }

        return told with { LastBlockAt = InfoReading.TimeOf(header?.Result.BlockHeader), Marks = marks.ToImmutable() };
    }

    private async Task<RpcResult<TResult>> CallAsync<TResult>(
        RpcRequest request, JsonTypeInfo<RpcEnvelope<TResult>> type, TimeSpan deadline, long begun, CancellationToken cancellation)
        where TResult : class
    {
        var left = deadline - time.GetElapsedTime(begun);
        return left > TimeSpan.Zero
            ? await caller.CallAsync(request, type, left, cancellation)
            : new RpcResult<TResult>.NoAnswer(new ApiAnswer.TimedOut(deadline));
    }
}
