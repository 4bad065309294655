using System.Net.Sockets;
using System.Threading.Channels;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Tells somebody outside that the monitor lives, since nobody here can tell that it does not. One signal at a time, beside the ticks: none is held
/// up or fails for it. A signal that does not arrive is not repeated: the next tick has its own, and its absence is what the other side waits for.
/// </summary>
/// <param name="url">Who waits for a sign after each tick, a secret; null for nobody.</param>
/// <param name="stale">Asked after a tick that ended well: what has not been probed all the same, null for nothing.</param>
internal sealed partial class DeadManSwitch(Uri? url, DeadManPolicy policy, Func<CancellationToken, Task<string?>> stale, TimeProvider time, ILogger<DeadManSwitch> log) : IDisposable
{
    /// <summary>Of ticks that are long over nobody needs to hear.</summary>
    private const int MostWaiting = 4;

    private const int LongestReason = 300;

    private readonly Channel<Signal> _signals = Channel.CreateBounded<Signal>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    // A connection each time: minutes lie between two signals, and one that the other side has closed meanwhile would lose one.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero });
    private string? _failure;

    /// <summary>Returns at once.</summary>
    public void Tell(Signal signal)
    {
        if (url is not null && (policy.StartSignal || signal is not Signal.Began))
        {
            _signals.Writer.TryWrite(signal);
        }
    }

    /// <summary>As long as the program, as an <see cref="OwnedTask"/> has to.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var signal in _signals.Reader.ReadAllAsync(stop))
        {
            Note(await TrySendAsync(signal, stop));
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A fault here must not end what is to be shown alive.</summary>
    private async Task<string?> TrySendAsync(Signal signal, CancellationToken stop)
    {
        try
        {
            return await SendAsync(signal is Signal.Good ? await FreshAsync(signal, stop) : signal, stop);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            return $"a fault, {bug.GetType().Name}";
        }
    }

    private async Task<Signal> FreshAsync(Signal good, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(policy.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            return await stale(either.Token) is { } reason ? new Signal.Failed(reason) : good;
        }
        catch (StorageUnavailableException e)
        {
            return new Signal.Failed(e.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Signal.Failed($"the store does not answer within {DurationText.Format(policy.Deadline)}");
        }
    }

    /// <returns>Null when it was taken, else what went wrong, without the address.</returns>
    private async Task<string?> SendAsync(Signal signal, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(policy.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(signal)) { Content = new StringContent(signal is Signal.Failed failed ? OneLine(failed.Reason) : "") };
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return response.IsSuccessStatusCode ? null : $"HTTP {(int)response.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError.ToString();
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode.ToString();
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return $"no answer within {DurationText.Format(policy.Deadline)}";
        }
    }

    private Uri Address(Signal signal)
    {
        var address = new UriBuilder(url!);
        address.Path = address.Path.TrimEnd('/') + signal.Path;
        return address.Uri;
    }

    /// <summary>What stays the same is told once.</summary>
    private void Note(string? failure)
    {
        if (failure == _failure)
        {
            return;
        }

        _failure = failure;
        if (failure is null)
        {
            Log.Taken(log);
        }
        else
        {
            Log.NotTaken(log, failure);
        }
    }

    private static string OneLine(string text) => string.Concat(text.Take(LongestReason).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "the dead man's address did not take a sign of life: {Why}")]
        public static partial void NotTaken(ILogger log, string why);

        [LoggerMessage(Level = LogLevel.Information, Message = "the dead man's address takes signs of life again")]
        public static partial void Taken(ILogger log);
    }
}
