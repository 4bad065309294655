using Amqp;
using Amqp.Framing;

namespace MoneroCloud.Core;

/// <summary>How one attempt to open a link ended.</summary>
internal abstract record BusLinkOpening
{
    private BusLinkOpening()
    {
    }

    /// <param name="Ended">Completes when the link, its session or its connection has ended, with the reason.</param>
    public sealed record Attached(Link Link, Attach Answer, Task<BusFault> Ended) : BusLinkOpening;

    public sealed record Failed(BusFault Fault) : BusLinkOpening;

    /// <param name="open">Constructs the link, which sends the attach.</param>
    public static async Task<BusLinkOpening> OpenAsync(Func<OnAttached, Link> open, TimeSpan within, TimeProvider time)
    {
        // The callbacks run in the connection's pump: they only hand over.
        var answered = new TaskCompletionSource<Attach>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<BusFault>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var link = open((_, attach) => answered.TrySetResult(attach));
            link.AddClosedCallback((_, error) => ended.TrySetResult(BusFault.Of(error)));
            return await WaitAsync(link, answered.Task, ended.Task, within, time);
        }
        catch (Exception exception) when (BusFault.IsOne(exception))
        {
            return new Failed(BusFault.Of(exception));
        }
    }

    private static async Task<BusLinkOpening> WaitAsync(Link link, Task<Attach> answered, Task<BusFault> ended, TimeSpan within, TimeProvider time)
    {
        try
        {
            // A refusal is an attach without a terminus, and then a detach with the reason.
            await Task.WhenAny(answered, ended).WaitAsync(within, time);
            var refused = ended.IsCompleted || (link.Role ? answered.Result.Source : answered.Result.Target) is null;
            return refused
                ? new Failed(await ended.WaitAsync(within, time))
                : new Attached(link, answered.Result, ended);
        }
        catch (TimeoutException)
        {
            link.Close(TimeSpan.Zero);
            return new Failed(new BusFault(BusRules.Timeout, $"no answer to {link.Name} within {within.TotalSeconds:0.#} s"));
        }
    }
}
