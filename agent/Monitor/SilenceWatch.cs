namespace MoneroCloud.Agent;

/// <summary>The loop that notices when the monitor has acked nothing for too long: the agent's only outward alarm.</summary>
internal sealed class SilenceWatch(MonitorContext context, Enrolment enrolment, MonitorStanding standing, RefusalTally tally)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private SilencePace _pace = SilencePace.Heard;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(Period, context.Clock.Provider, cancellation);
            tally.Tell();
            await LookAsync(cancellation);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var (since, silentFor) = standing.Silence();
        var limit = context.Config().Monitor.SilentAfter;
        if (_pace.IsOver(silentFor, limit))
        {
            _pace = SilencePace.Heard;
            context.Log.Write("monitor", "the monitor answers again");
        }
        else if (_pace.IsDue(context.Clock.Now, silentFor, limit))
        {
            var failure = await TellAsync(since, cancellation);
            _pace = SilencePace.Told(context.Clock.Now, arrived: failure is null);
        }
    }

    /// <returns>Null where it was told as far as it can be.</returns>
    private async Task<string?> TellAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var text = $"the monitor at {enrolment.Monitor} has been silent since {since:u}: the agent {enrolment.Agent} goes on supervising, and nobody is alerted";
        context.Log.Write("monitor", text);
        if (context.Config().Webhook is not { } address)
        {
            return null;
        }

        var failure = await Webhook.PostAsync(address, new SilenceNotice(text, enrolment.Agent.ToString(), since), cancellation);
        if (failure is not null)
        {
            context.Log.Write("monitor", $"the webhook of {address} could not be told: {failure}");
        }

        return failure;
    }
}
