using CsCheck;
using MoneroCloud.Core;
using Xunit;
using DiagnoseNode = System.Func<MoneroCloud.Core.NodeEvidence, MoneroCloud.Core.Diagnosis>;

namespace MoneroCloud.Tests;

/// <summary>What holds for all evidence. Each property also has to catch a diagnoser with the defect it is there for.</summary>
public sealed class DiagnoserProperties
{
    private const int Samples = 20_000;

    private static readonly Dictionary<string, (Func<DiagnoseNode, NodeEvidence, bool> Holds, DiagnoseNode Defective)> Properties = new()
    {
        ["every evidence has a diagnosis with an explanation"] = (
            (diagnose, evidence) => diagnose(evidence) is { Explanation.Length: > 0, Condition: not Condition.AgentSilent },
            evidence => evidence.Port is PortSighting.Taken ? Given.Wallet.Diagnosed() with { Explanation = "" } : evidence.Diagnosed()),
        ["the same evidence has the same diagnosis"] = (
            (diagnose, evidence) => diagnose(evidence).Equals(diagnose(evidence with { })),
            evidence => evidence.Diagnosed() is { Condition: Condition.Hung } hung ? hung with { Explanation = Guid.NewGuid().ToString() } : evidence.Diagnosed()),
        ["only what the host has seen and seen lately is restarted"] = (
            (diagnose, evidence) => diagnose(evidence).Remedy is not (Remedy.Restart or Remedy.Continue) || HostSpeaks(evidence),
            evidence => evidence.Diagnosed() is { Condition: Condition.Unresponsive } silent ? silent with { Remedy = Remedy.Restart } : evidence.Diagnosed()),
        ["what works, waits for its daemon or answers is not restarted"] = (
            (diagnose, evidence) => diagnose(evidence) is not
            {
                Remedy: Remedy.Restart,
                Condition: Condition.Busy or Condition.BusyTooLong or Condition.DaemonBusy or Condition.WaitingForDaemon or Condition.Saturated
                    or Condition.AuthRejected or Condition.BadAnswer or Condition.WrongService or Condition.Healthy or Condition.PortTaken or Condition.Orphan,
            },
            evidence => evidence.Diagnosed() is { Condition: Condition.BusyTooLong } busy ? busy with { Remedy = Remedy.Restart } : evidence.Diagnosed()),
        ["a process that may not be read has not exited"] = (
            (diagnose, evidence) => diagnose(evidence with { Process = new ProcessSighting.NotPermitted("/proc/812/stat") })
                is not { Condition: Condition.Exited or Condition.PidReused or Condition.Stopped or Condition.Hung },
            evidence => (evidence.Process is ProcessSighting.NotPermitted
                ? evidence with { Process = new ProcessSighting.Gone(new ProcessExit.Unknown(), ExitCause.Unknown) }
                : evidence).Diagnosed()),
        ["silence and doubt carry no state, everything else does"] = (
            (diagnose, evidence) => diagnose(evidence) is var d && (d.State is null) == (d.Condition is Condition.Silent or Condition.Inconclusive),
            evidence => evidence.Diagnosed() is { Condition: Condition.Silent } silent ? silent with { State = HealthState.Down } : evidence.Diagnosed()),
        ["a note takes Up away and nothing else"] = (
            NoteOnlyTakesUpAway,
            evidence => evidence.Diagnosed() is { Condition: Condition.Healthy } healthy ? healthy with { State = HealthState.Up } : evidence.Diagnosed()),
        ["what is inferred from silence is only probable"] = (
            (diagnose, evidence) => diagnose(evidence) is not { Certainty: Certainty.Certain, Condition: >= Condition.Saturated },
            evidence => evidence.Diagnosed() is { Condition: Condition.Hung } hung ? hung with { Certainty = Certainty.Certain } : evidence.Diagnosed()),
        ["a doubtful observer concludes nothing"] = (
            (diagnose, evidence) => diagnose(evidence with { Vantage = new VantageSighting("x", 0, 0, 0) }) is { Condition: Condition.Inconclusive },
            evidence => (evidence.Process is ProcessSighting.Gone ? evidence with { Vantage = VantageSighting.Sound } : evidence).Diagnosed()),
        ["old evidence from the host is as none"] = (
            (diagnose, evidence) => diagnose(Old(evidence)) is var old && old.Remedy is not (Remedy.Restart or Remedy.Continue)
                && old.Condition == diagnose(Old(evidence) with { Process = new ProcessSighting.NotLooked(), Port = new PortSighting.NotLooked(), Api = new ApiAnswer.NotAsked() }).Condition,
            evidence => (evidence with { HostEvidenceAge = null }).Diagnosed()),
    };

    public static TheoryData<string> Names => [.. Properties.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_for_all_evidence(string property) =>
        AnyEvidence.Node.Sample(evidence => Properties[property].Holds(Given.Diagnosed, evidence), iter: Samples, threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void Catches_the_defect_it_is_there_for(string property) =>
        Assert.Throws<CsCheckException>(() => AnyEvidence.Node.Sample(
            evidence => Properties[property].Holds(Properties[property].Defective, evidence), iter: 4 * Samples, threads: 1));

    [Fact]
    public void The_random_evidence_reaches_every_condition()
    {
        var reached = new HashSet<Condition>();
        AnyEvidence.Node.Sample(evidence => { reached.Add(evidence.Diagnosed().Condition); }, iter: 4 * Samples, threads: 1);

        Assert.Equal([Condition.AgentSilent], Enum.GetValues<Condition>().Except(reached));
    }

    private static bool HostSpeaks(NodeEvidence evidence) =>
        evidence.Process is ProcessSighting.Alive or ProcessSighting.Gone or ProcessSighting.Reused
        && !(evidence.HostEvidenceAge > DiagnosisPolicy.Default.HostEvidenceLimit);

    private static bool NoteOnlyTakesUpAway(DiagnoseNode diagnose, NodeEvidence evidence)
    {
        var with = diagnose(evidence with { SaveFailed = true });
        var without = diagnose(evidence with
        {
            SaveFailed = false,
            Disk = null,
            Process = evidence.Process is ProcessSighting.Gone gone ? gone with { Cause = ExitCause.Unknown } : evidence.Process,
        });
        return with.Notes.Contains(Note.SaveFailed)
            && with.Condition == without.Condition
            && with.State == (without.State == HealthState.Up ? HealthState.Degraded : without.State);
    }

    private static NodeEvidence Old(NodeEvidence evidence) => evidence with { HostEvidenceAge = TimeSpan.FromSeconds(121) };
}
