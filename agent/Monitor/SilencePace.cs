namespace MoneroCloud.Agent;

/// <summary>What was told of the monitor's silence, and what is told next. Pure: the monotonic clock comes in.</summary>
internal abstract record SilencePace
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    /// <summary>The end of a silence that nobody takes for so long is no news any more.</summary>
    private const int MostTries = 60;

    private SilencePace()
    {
    }

    /// <summary>Nothing is to be told.</summary>
    public sealed record Quiet : SilencePace;

    /// <param name="Since">By the wall.</param>
    /// <param name="NextAt">When it is told again.</param>
    /// <param name="Arrived">The webhook has ever taken it: then it is owed the end.</param>
    public sealed record Told(DateTimeOffset Since, TimeSpan NextAt, bool Arrived) : SilencePace;

    /// <summary>It is over, and the webhook does not know yet.</summary>
    public sealed record Ending(DateTimeOffset Since, TimeSpan NextAt, int Tries) : SilencePace;

    /// <param name="silent">For longer than the limit.</param>
    /// <param name="heard">Acked in this life of the connection, and not silent since.</param>
    public SilenceStep Next(bool silent, bool heard, TimeSpan now) => this switch
    {
        Quiet or Ending when silent => SilenceStep.TellSilent,
        Told told when silent && now >= told.NextAt => SilenceStep.TellSilent,
        Told when heard => SilenceStep.End,
        Ending ending when now >= ending.NextAt => SilenceStep.TellHeard,
        _ => SilenceStep.None,
    };

    /// <summary>After an earlier life of the agent told it.</summary>
    /// <param name="ago">Since it was told, by the wall, which may have been set.</param>
    public static Told Remembered(DateTimeOffset since, TimeSpan ago, TimeSpan again, TimeSpan now) =>
        new(since, now + again - TimeSpan.FromTicks(Math.Clamp(ago.Ticks, 0, again.Ticks)), Arrived: true);

    /// <param name="since">Of a silence that is new.</param>
    /// <param name="arrived">Null where there is no webhook: then the log was told, and owes nobody the end.</param>
    public Told AfterSilent(DateTimeOffset since, bool? arrived, TimeSpan again, TimeSpan now)
    {
        var told = this as Told ?? new Told(since, now, Arrived: false);
        return told with { NextAt = now + (arrived is false ? AfterFailure : again), Arrived = told.Arrived || arrived is true };
    }

    /// <summary>It is heard again.</summary>
    public SilencePace AfterEnd(TimeSpan now) => this is Told { Arrived: true } told ? new Ending(told.Since, now, 0) : new Quiet();

    public SilencePace AfterHeard(bool arrived, TimeSpan now) =>
        !arrived && this is Ending { Tries: < MostTries - 1 } ending ? ending with { NextAt = now + AfterFailure, Tries = ending.Tries + 1 } : new Quiet();
}
