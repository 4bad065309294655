using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The simulation sees in a recorded trace what the agent itself saw while it was recorded.</summary>
public sealed class RecordedTraceTests
{
    public static TheoryData<string> Names => [.. RecordedTraces.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recorded_trace_is_diagnosed_as_it_was_when_it_was_recorded(string name)
    {
        var trace = RecordedTraces.Of(name);
        var seen = new List<(long At, Diagnosis What)>();
        new PlayedAgent { GoesOn = true, Seen = (at, what) => seen.Add((at, what)) }.Play(AsRecorded(trace), seed: 1);
        // No story tells of a wallet that is not open, nor of one that was never heard before.
        var looks = trace.Lines.Where(l => l.Look is { Answer: not nameof(ApiAnswer.Answered), Condition: not nameof(Condition.Starting) }).ToList();
        var alike = looks.Count(l => seen.Exists(s => Math.Abs(s.At - l.T) <= 10_000 && $"{s.What.Condition}" == l.Look!.Condition));
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {alike} of {looks.Count} looks alike");
        Assert.InRange(alike, (looks.Count * 0.9) - 1, looks.Count);
    }

    [Fact]
    public void No_recorded_trace_of_work_or_waiting_has_a_restart_and_each_of_a_hang_has()
    {
        foreach (var name in RecordedTraces.Names)
        {
            var run = new PlayedAgent().Play(AsRecorded(RecordedTraces.Of(name)), seed: 1);
            Assert.True(name.StartsWith("hang-", StringComparison.Ordinal) == run.RestartAt is not null, $"{name}: {run}");
        }
    }

    [Fact]
    public void A_trace_that_is_damaged_says_where()
    {
        var file = Path.Combine(TestRun.NewFolder("trace"), "x.jsonl");
        File.WriteAllLines(file, [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "traces", "idle.jsonl")).Take(2), "{\"t\":"]);
        Assert.Contains("line 3", Assert.Throws<InvalidDataException>(() => Trace.Read(file)).Message, StringComparison.Ordinal);
    }

    private static Story AsRecorded(Trace trace)
    {
        var piece = RecordedTraces.Whole(trace.Header.Trace);
        return new Story
        {
            Parts = [new StoryPart(0, piece, 1, 1, Logs: true)],
            Deaf = piece.Deaf,
            Length = piece.Length,
            Version = 0x10019,
            Age = TimeSpan.FromSeconds(10),
            WalletFileMode = trace.Header.Trace == "sync-wallet-file",
        };
    }
}
