using System.Collections.Immutable;
using MoneroCloud.Agent;
using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>
/// Plays a story to the agent's own decisions: the diagnosis table, the health machine, the rule of automatic restarts, the pace and the times of its
/// checks. Only the looking is simulated, and the clock.
/// </summary>
internal sealed class PlayedAgent
{
    private static readonly ProcessPhase Ready = new ProcessPhase.Ready(TimeSpan.Zero);

    public ImmutableArray<DiagnosisRow> Table { get; init; } = Diagnoser.Rows;

    public DiagnosisPolicy Policy { get; init; } = DiagnosisPolicy.Default;

    /// <summary>To the end of the story, as if a restart changed nothing.</summary>
    public bool GoesOn { get; init; }

    /// <summary>For each look: when it ended, what it was.</summary>
    public Action<long, Diagnosis>? Seen { get; init; }

    public SimulatedRun Play(Story story, int seed)
    {
        var time = new VirtualTime();
        var clock = new AgentClock(time);
        var looks = new SimulatedLooks(story, time, clock, new Random(seed));
        using var times = new NodeTimes(clock, () => { });
        var health = Health.Unseen(time.GetUtcNow());
        (long Begun, long End, ApiAnswer Answer)? look = null;
        (long? continued, var count) = (null, 0);
        times.CheckNow();
        while (time.Now < story.Length)
        {
            if (look is { } ended && ended.End <= time.Now)
            {
                look = null;
                count++;
                var evidence = looks.End(ended.Begun, ended.Answer);
                var diagnosis = Diagnoser.Diagnose(evidence, Policy, Table);
                health = HealthMachine.Advance(health, evidence, diagnosis, HealthPolicy.Default).Next;
                Seen?.Invoke(time.Now, diagnosis);
                continued ??= diagnosis.Remedy == Remedy.Continue ? time.Now : null;
                if (!GoesOn && RestartRule.Applies(health, diagnosis))
                {
                    return new SimulatedRun(time.Now, continued, $"{diagnosis.Condition}: {diagnosis.Explanation}; {evidence.DaemonLink}, {evidence.Daemon}, {(evidence.Process as ProcessSighting.Alive)?.WaitChannel}, {story.PartAt(time.Now).Piece.Name}", count);
                }
            }

            if (times.TakeDueCheck() && look is null)
            {
                var (end, answer) = looks.Begin((long)CheckPace.Deadline(health, CheckPolicy.Default).TotalMilliseconds);
                look = (time.Now, end, answer);
            }

            times.Arrange(Ready, CheckPace.Of(Ready, health, CheckPolicy.Default));
            time.MoveTo(Math.Min(look?.End ?? long.MaxValue, time.Due ?? long.MaxValue));
        }

        return new SimulatedRun(null, continued, null, count);
    }
}
