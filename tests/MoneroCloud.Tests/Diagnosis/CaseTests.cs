using MoneroCloud.Core;
using Xunit;
using static MoneroCloud.Core.Certainty;
using static MoneroCloud.Core.HealthState;

namespace MoneroCloud.Tests;

/// <summary>How the evidence is read before any row: what is too old, which of two answers counts, and how long it has been quiet.</summary>
public sealed class CaseTests
{
    private static readonly ApiAnswer Good = Given.Answered(Given.WalletVersion, new WalletAnswer.Open(5));

    /// <summary>Each is an answer by the node itself, whatever it says.</summary>
    public static TheoryData<ApiAnswer, Condition> Spoken => new()
    {
        { new ApiAnswer.Unauthorized(false), Condition.AuthRejected },
        { new ApiAnswer.HttpStatus(502), Condition.BadAnswer },
        { new ApiAnswer.NotJsonRpc("not HTTP"), Condition.BadAnswer },
        { new ApiAnswer.RpcError(-32601), Condition.BadAnswer },
        { new ApiAnswer.TlsFailed("certificate expired"), Condition.BadAnswer },
    };

    [Theory]
    [MemberData(nameof(Spoken))]
    public void What_the_node_said_to_its_host_is_not_overruled_by_a_younger_probe(ApiAnswer said, Condition condition) =>
        Assert.Equal(condition, (Given.Wallet with { Api = said, HostEvidenceAge = TimeSpan.FromSeconds(10), Probe = new ProbeSighting(Good) }).Diagnosed().Condition);

    [Theory]
    [MemberData(nameof(Spoken))]
    public void Who_has_said_anything_is_not_starting_any_more(ApiAnswer said, Condition condition) =>
        Assert.Equal(condition, (Given.Wallet with { Api = said, Process = Given.Alive(TimeSpan.FromSeconds(3)), Work = new WorkSighting() }).Diagnosed().Condition);

    [Theory]
    [InlineData(120, Condition.Healthy)]
    [InlineData(121, Condition.Silent)]
    public void A_probe_counts_for_two_reports(int age, Condition condition) =>
        Assert.Equal(condition, (Given.Remote(Good) with { Probe = new ProbeSighting(Good) { Age = TimeSpan.FromSeconds(age) } }).Diagnosed().Condition);

    [Fact]
    public void A_probe_as_old_as_the_hosts_look_is_believed() =>
        Assert.Equal(Condition.Healthy, (Given.Silent(74) with { HostEvidenceAge = TimeSpan.FromSeconds(30), Probe = new ProbeSighting(Good) { Age = TimeSpan.FromSeconds(30) } }).Diagnosed().Condition);

    /// <summary>What the host saw is too old; each part of it alone would say something.</summary>
    [Fact]
    public void Of_old_evidence_nothing_counts()
    {
        NodeEvidence[] old =
        [
            Given.Wallet with { Process = new ProcessSighting.Gone(new ProcessExit.Killed(9), ExitCause.Unknown) },
            Given.Wallet with { Port = new PortSighting.Taken(5, "nginx") },
            Given.Wallet with { Lock = new LockSighting.Orphan(6, "x") },
            Given.Wallet with { Api = new ApiAnswer.HttpStatus(502) },
            Given.Wallet with { Disk = new DiskSighting(0, 100) },
            Given.Silent(74) with { Api = new ApiAnswer.NotAsked() },
        ];
        Assert.All(old, evidence => (evidence with { HostEvidenceAge = TimeSpan.FromSeconds(121) }).Diagnosed()
            .MustBe(Condition.Silent, null, Probable, Remedy.Wait, "the last report from its host is 2 min old"));
    }

    /// <summary>An idle wallet has made no progress long before anybody asked: only the silence itself counts.</summary>
    [Fact]
    public void What_was_at_rest_before_the_question_is_not_hung_for_it()
    {
        var evidence = Given.Silent(30);
        Assert.Equal(Condition.Silent, (evidence with { Work = evidence.Work with { NoProgressFor = TimeSpan.FromMinutes(5) } }).Diagnosed().Condition);
    }

    [Fact]
    public void Where_nobody_sees_the_process_silence_alone_counts()
    {
        var evidence = Given.Silent(74) with { Process = new ProcessSighting.NotPermitted("/proc/812/stat") };
        Assert.Equal(Condition.Unresponsive, (evidence with { Work = evidence.Work with { NoProgressFor = TimeSpan.Zero } }).Diagnosed().Condition);
    }

    [Theory]
    [InlineData(10, 40, Remedy.Wait)]
    [InlineData(29, 300, Remedy.Wait)]
    [InlineData(31, 31, Remedy.Restart)]
    [InlineData(300, 29, Remedy.Wait)]
    [InlineData(600, 29, Remedy.Restart)]
    public void After_an_answer_the_grace_counts_from_that_answer(int unanswered, int noProgress, Remedy remedy)
    {
        var evidence = Given.Silent(unanswered) with { Api = Given.Refused, Port = new PortSighting.Nobody() };
        var diagnosis = (evidence with { Work = evidence.Work with { NoProgressFor = TimeSpan.FromSeconds(noProgress) } }).Diagnosed();

        Assert.Equal((Condition.PortClosed, Down, remedy), (diagnosis.Condition, diagnosis.State, diagnosis.Remedy));
    }

    [Fact]
    public void Connections_that_wait_at_a_port_whose_owner_may_not_be_read_wait_all_the_same() =>
        Assert.Equal(Condition.Hung, (Given.Silent(74) with { Port = new PortSighting.NotPermitted(2) }).Diagnosed().Condition);

    [Fact]
    public void An_address_without_a_route_is_silence() =>
        Assert.Equal(Condition.Hung, (Given.Silent(74) with { Api = new ApiAnswer.Unreachable("no route to host") }).Diagnosed().Condition);

    [Fact]
    public void A_living_process_of_which_nobody_asked_the_api_is_not_judged_by_the_probe() =>
        (Given.Wallet with { Api = new ApiAnswer.NotAsked(), Probe = new ProbeSighting(Given.TimedOut) }).Diagnosed().MustBe(
            Condition.Silent, null, Probable, Remedy.Wait, "the process is alive, and its API was not asked");
}
