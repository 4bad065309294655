using System.Collections.Frozen;
using System.Diagnostics;

namespace MoneroCloud.Functions;

/// <summary>
/// The functions that something else than a client calls, by name. The one place that turns the host's payload into a call and the result into
/// an answer; the standalone host goes through it with the same bytes.
/// </summary>
internal sealed partial class TriggerTable
{
    private readonly FrozenDictionary<string, Entry> _entries;
    private readonly InvocationLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <summary>A trigger without its function is left out: <see cref="TriggerCoverage"/> says so at start.</summary>
    public TriggerTable(
        IReadOnlyList<FunctionFile> functions, IReadOnlyList<ITrigger> triggers, InvocationLimits limits, TimeProvider time, ILogger log)
    {
        (_limits, _time, _log) = (limits, time, log);
        _entries = functions
            .Where(function => function.Trigger is not TriggerBinding.Http)
            .Join(triggers, function => function.Name, trigger => trigger.Name, (function, trigger) => new Entry(function.Trigger, trigger), StringComparer.Ordinal)
            .ToFrozenDictionary(entry => entry.Trigger.Name, StringComparer.Ordinal);
    }

    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Never throws, and always answers with a JSON object.</summary>
    /// <param name="payload">As the Functions host sends it.</param>
    /// <param name="cancellation">The caller has gone, or the program ends.</param>
    /// <param name="traceparent">The caller's trace; null where it has none.</param>
    public async Task<TriggerAnswer> InvokeAsync(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellation, string? traceparent = null)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            Log.Unknown(_log, name);
            return TriggerAnswer.Failure($"no trigger is called {name}");
        }

        if (!HostPayload.TryRead(payload, entry.Binding, out var call, out var error))
        {
            Log.Malformed(_log, name, payload.Length, error);
            return TriggerAnswer.Failure($"the payload for {name} cannot be read: {error}");
        }

        var begun = _time.GetTimestamp();
        using var span = Traces.Invocation(name, traceparent);
        var answer = await RunAsync(entry, call!, cancellation);
        span?.SetStatus(answer.Succeeded ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        Meters.Invoked(name, answer.Succeeded ? "done" : "failed", _time.GetElapsedTime(begun));
        return answer;
    }

    private async Task<TriggerAnswer> RunAsync(Entry entry, TriggerCall call, CancellationToken cancellation)
    {
        var limit = _limits.For(entry.Binding);
        using var late = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        var running = Task.Run(() => entry.Trigger.InvokeAsync(call, either.Token), CancellationToken.None);
        try
        {
            return Answer(entry, await running.WaitAsync(limit + _limits.Grace, _time, CancellationToken.None));
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            _ = ObserveAsync(entry.Trigger.Name, running);
            return Failed(entry, $"still running {_limits.Grace.TotalSeconds} s after its deadline of {limit.TotalSeconds} s");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Failed(entry, "cut off: the caller has gone or the program ends");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return Failed(entry, $"took longer than {limit.TotalSeconds} s");
        }
        catch (Exception e)
        {
            Log.Threw(_log, e, entry.Trigger.Name);
            return TriggerAnswer.Failure($"{entry.Trigger.Name}: an error of this program; its log says which");
        }
    }

    private TriggerAnswer Answer(Entry entry, TriggerResult result)
    {
        switch (result)
        {
            case TriggerResult.Failed failed:
                return Failed(entry, failed.Reason);
            case TriggerResult.Refused refused:
                Log.Refused(_log, entry.Trigger.Name, refused.Reason);
                return TriggerAnswer.Success;
            default:
                return TriggerAnswer.Success;
        }
    }

    private TriggerAnswer Failed(Entry entry, string reason)
    {
        Log.Failed(_log, entry.Trigger.Name, reason);
        return TriggerAnswer.Failure($"{entry.Trigger.Name}: {reason}");
    }

    /// <summary>It has been answered for; how it ends is still told.</summary>
    private async Task ObserveAsync(string name, Task running)
    {
        try
        {
            await running;
            Log.EndedLate(_log, null, name);
        }
        catch (Exception e)
        {
            Log.EndedLate(_log, e, name);
        }
    }

    private sealed record Entry(TriggerBinding Binding, ITrigger Trigger);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Name}: called, but no such trigger exists")]
        public static partial void Unknown(ILogger log, string name);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Name}: the payload of {Length} bytes could not be read: {Error}")]
        public static partial void Malformed(ILogger log, string name, int length, string error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Name}: failed: {Reason}")]
        public static partial void Failed(ILogger log, string name, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Name}: refused: {Reason}")]
        public static partial void Refused(ILogger log, string name, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Name}: threw")]
        public static partial void Threw(ILogger log, Exception error, string name);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Name}: ended after it was answered for")]
        public static partial void EndedLate(ILogger log, Exception? error, string name);
    }
}
