using System.Text.Json;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The approved texts of <c>worked_data</c>: members are added, never renamed.</summary>
public sealed class MethodAnswersTests
{
    private static readonly NodeEvidence Exited = Given.Wallet with
    {
        Process = new ProcessSighting.Gone(new ProcessExit.Killed(9), ExitCause.Unknown) { Pid = 812, NextStart = Given.Now },
        Port = new PortSighting.Nobody(),
        Api = Given.Refused,
    };

    private static MethodAnswer Answer(CheckMethod method, NodeEvidence evidence) => MethodAnswers.Of(method, evidence, evidence.Diagnosed());

    private static void MustStore(CheckMethod method, NodeEvidence evidence, bool status, string text)
    {
        var answer = Answer(method, evidence);
        Assert.Equal(status, answer.Status);
        Assert.Equal(text, JsonSerializer.Serialize(answer.Details, CoreJson.Default.WorkedData));
        Assert.Equal(answer.Details, JsonSerializer.Deserialize(text, CoreJson.Default.WorkedData));
    }

    [Fact]
    public void Pid_of_a_living_process() => MustStore(CheckMethod.Pid, Given.Wallet, true,
        """{"method":"pid","pid":812,"message":"Process is running","last_check":"2025-01-15T10:30:45+00:00","condition":"Healthy","explanation":"version 1.25 answered in 12.3 ms; the wallet is open at height 3210000"}""");

    [Fact]
    public void Pid_of_a_process_that_exited() => MustStore(CheckMethod.Pid, Exited, false,
        """{"method":"pid","pid":812,"message":"Process not found","last_check":"2025-01-15T10:30:45+00:00","condition":"Exited","explanation":"the process exited (signal 9) and is being started again"}""");

    [Fact]
    public void Port_of_the_node_itself() => MustStore(CheckMethod.Port, Given.Wallet, true,
        """{"method":"port","host":"127.0.0.1","port":18210,"message":"Port is in use by the node","last_check":"2025-01-15T10:30:45+00:00","condition":"Healthy","explanation":"version 1.25 answered in 12.3 ms; the wallet is open at height 3210000"}""");

    [Fact]
    public void Port_on_which_nobody_listens() => MustStore(CheckMethod.Port, Exited, false,
        """{"method":"port","host":"127.0.0.1","port":18210,"message":"Port is not in use","error":"Connection refused","last_check":"2025-01-15T10:30:45+00:00","condition":"Exited","explanation":"the process exited (signal 9) and is being started again"}""");

    [Fact]
    public void Api_that_responds() => MustStore(CheckMethod.Api, Given.Wallet, true,
        """{"method":"api","url":"http://127.0.0.1:18210/json_rpc","version":65561,"message":"API is responding","last_check":"2025-01-15T10:30:45+00:00","condition":"Healthy","explanation":"version 1.25 answered in 12.3 ms; the wallet is open at height 3210000","latency_ms":12.3}""");

    [Fact]
    public void Api_that_refuses() => MustStore(CheckMethod.Api, Exited, false,
        """{"method":"api","url":"http://127.0.0.1:18210/json_rpc","error":"Connection refused","message":"API check failed","last_check":"2025-01-15T10:30:45+00:00","condition":"Exited","explanation":"the process exited (signal 9) and is being started again"}""");

    [Fact]
    public void Full_check_of_a_working_node() => MustStoreFull(Given.Wallet, true,
        """
        {"method":"full","checks":{
        "pid":{"status":true,"details":{"method":"pid","pid":812,"message":"Process is running"}},
        "port":{"status":true,"details":{"method":"port","host":"127.0.0.1","port":18210,"message":"Port is in use by the node"}},
        "api":{"status":true,"details":{"method":"api","url":"http://127.0.0.1:18210/json_rpc","version":65561,"message":"API is responding"}}},
        "summary":{"pid_alive":true,"port_in_use":true,"api_responding":true},"message":"Node is working","timestamp":"2025-01-15T10:30:45+00:00",
        "last_check":"2025-01-15T10:30:45+00:00","condition":"Healthy","explanation":"version 1.25 answered in 12.3 ms; the wallet is open at height 3210000","latency_ms":12.3}
        """);

    [Fact]
    public void Full_check_of_a_node_that_exited() => MustStoreFull(Exited, false,
        """
        {"method":"full","checks":{
        "pid":{"status":false,"details":{"method":"pid","pid":812,"message":"Process not found"}},
        "port":{"status":false,"details":{"method":"port","host":"127.0.0.1","port":18210,"message":"Port is not in use","error":"Connection refused"}},
        "api":{"status":false,"details":{"method":"api","url":"http://127.0.0.1:18210/json_rpc","error":"Connection refused","message":"API check failed"}}},
        "summary":{"pid_alive":false,"port_in_use":false,"api_responding":false},"message":"Node check failed","timestamp":"2025-01-15T10:30:45+00:00",
        "last_check":"2025-01-15T10:30:45+00:00","condition":"Exited","explanation":"the process exited (signal 9) and is being started again"}
        """);

    [Fact]
    public void A_living_pid_and_its_port_alone_make_no_node_work()
    {
        var hung = Given.Silent(74);

        Assert.True(Answer(CheckMethod.Pid, hung).Status);
        Assert.True(Answer(CheckMethod.Port, hung).Status);
        Assert.False(Answer(CheckMethod.Api, hung).Status);
        Assert.False(Answer(CheckMethod.Full, hung).Status);
    }

    [Fact]
    public void A_port_in_use_by_another_process_fails_and_is_in_use_all_the_same()
    {
        var taken = Given.Wallet with { Port = new PortSighting.Taken(5, "nginx") };
        var full = Assert.IsType<WorkedData.Full>(Answer(CheckMethod.Full, taken).Details);

        Assert.Equal(("Port is in use by another process", "Held by nginx (pid 5)"), Words(full.Checks.Port));
        Assert.Equal(new FullSummary(PidAlive: true, PortInUse: true, ApiResponding: false), full.Summary);

        static (string, string?) Words(MethodAnswer answer) => Assert.IsType<WorkedData.Port>(answer.Details) is var p ? (p.Message, p.Error) : default;
    }

    public static TheoryData<ApiAnswer, string> Errors => new()
    {
        { Given.TimedOut, "No answer within 5 s" },
        { new ApiAnswer.Reset(), "Connection reset by peer" },
        { new ApiAnswer.HttpStatus(502), "Got HTTP status 502" },
        { new ApiAnswer.NotAsked(), "API was not asked" },
        { Given.Answered(Given.WalletVersion, new WalletAnswer.NotOpen()), "answers, but its declared wallet is not open (error -13); after a start somebody must open it" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_failed_api_check_tells_what_it_got(ApiAnswer api, string error) =>
        Assert.Equal(error, Assert.IsType<WorkedData.Api>(Answer(CheckMethod.Api, Given.Wallet with { Api = api }).Details).Error);

    [Fact]
    public void A_remote_node_answers_by_its_probe()
    {
        var remote = Given.Remote(Given.Answered(Given.WalletVersion, new WalletAnswer.NotAsked()));
        var api = Assert.IsType<WorkedData.Api>(Answer(CheckMethod.Api, remote).Details);

        Assert.Equal(("https://wallet.example:18083/json_rpc", Given.WalletVersion, 12.3), (api.Url, api.Version, api.LatencyMs));
        Assert.Equal("Connection refused", Assert.IsType<WorkedData.Api>(Answer(CheckMethod.Api, Given.Remote(Given.Refused)).Details).Error);
        Assert.False(Answer(CheckMethod.Port, remote).Status);
    }

    [Fact]
    public void A_login_in_the_address_is_stored_by_no_method()
    {
        var evidence = Given.Wallet with { Url = new Uri("http://alice:secret@127.0.0.1:18210/json_rpc?token=secret") };

        Assert.All(Enum.GetValues<CheckMethod>(), method =>
            Assert.DoesNotContain("secret", JsonSerializer.Serialize(Answer(method, evidence), CoreJson.Default.MethodAnswer)));
    }

    [Fact]
    public void The_time_of_a_check_is_stored_in_utc_and_to_the_second() =>
        Assert.Contains(
            "\"last_check\":\"2025-01-15T10:30:45+00:00\"",
            JsonSerializer.Serialize(
                Answer(CheckMethod.Pid, Given.Wallet with { At = new DateTimeOffset(2025, 1, 15, 12, 30, 45, 678, TimeSpan.FromHours(2)) }).Details,
                CoreJson.Default.WorkedData));

    private static void MustStoreFull(NodeEvidence evidence, bool status, string text) =>
        MustStore(CheckMethod.Full, evidence, status, text.ReplaceLineEndings(""));
}
