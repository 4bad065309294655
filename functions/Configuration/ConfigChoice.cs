using System.Collections.Immutable;
using System.Net;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Which configuration a start uses: the operator's, else the one that was good last.</summary>
/// <param name="variables">The whole environment.</param>
/// <param name="start">The rest of what a start depends on, where the configuration says to listen at this address.</param>
internal sealed class ConfigChoice(MonitorConfigSource source, IReadOnlyDictionary<string, string> variables, Func<IPEndPoint, StartUp> start, TimeProvider time)
{
    /// <summary>A start waits so long for the store that the last good one is in.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="kept">The table where the last good one is, opened only when it is needed; null where there is none.</param>
    /// <returns>What is used; else what is wrong, in lines.</returns>
    public async Task<(UsedConfig? Used, ImmutableArray<string> Errors)> MakeAsync(Func<ITable?> kept, CancellationToken cancellation)
    {
        var (used, errors, recoverable) = Of(source.Read());
        if (used is not null || !recoverable)
        {
            return (used, errors);
        }

        var (last, why) = await LastAsync(kept, cancellation);
        if (last is null)
        {
            return (null, [.. errors, .. why is null ? Array.Empty<string>() : [why]]);
        }

        var (earlier, unusable, _) = Of(source.Again(last.Text));
        return earlier is null
            ? (null, [.. errors, .. unusable.Select(e => $"nor can the one of {last.KeptAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC be used: {e}")])
            : (earlier with { Refused = errors, KeptAt = last.KeptAt }, []);
    }

    private (UsedConfig? Used, ImmutableArray<string> Errors, bool Recoverable) Of(MonitorConfigResult read)
    {
        if (read is not MonitorConfigResult.Ok(var config, var text, var warnings))
        {
            return (null, [.. ((MonitorConfigResult.Refused)read).Errors.Select(e => $"{e}")], true);
        }

        // An argument or a file of the program itself: no other configuration makes it better.
        var started = start(config.Listen);
        if (started is not StartUp.Ready ready)
        {
            return (null, [((StartUp.Refused)started).Error], false);
        }

        if (AlertSecrets.Of(config, variables, out var problem) is not { } secrets
            || MonitorPolicyOf.Config(config, variables, ready.ProbePeriod(time.GetUtcNow()), out problem) is not { } policy)
        {
            return (null, [problem!], true);
        }

        return (new UsedConfig { Config = config, Source = text, Policy = policy, Secrets = secrets, Start = ready, Warnings = [.. warnings.Select(w => $"{w}")] }, [], true);
    }

    private static async Task<(KeptConfig? Kept, string? Why)> LastAsync(Func<ITable?> open, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            switch (open())
            {
                case null:
                    return (null, null);
                case SqliteTable table:
                    await using (table)
                    {
                        return (await KeptConfig.ReadAsync(table, limit.Token), null);
                    }

                case { } table:
                    return (await KeptConfig.ReadAsync(table, limit.Token), null);
            }
        }
        catch (Exception e) when (e is StorageUnavailableException or UnreadableRowException or OperationCanceledException)
        {
            return (null, $"nor could the last good one be read: {(e is OperationCanceledException ? $"the store did not answer within {Patience.TotalSeconds:0} s" : e.Message)}");
        }
    }
}
