using System.Text;
using CsCheck;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ProcStatTests
{
    private const string Rest = " S 15483 15487 15486 0 -1 4194304 3807 0 12 0 416 12 0 0 20 0 2 0 183244 146948096 8117 18446744073709551615 "
        + "94392970350592 94392977397249 140735270217568 0 0 0 0 4100 16386 0 0 0 17 1 0 0 0 0 0 94392980584872 94392980903744 94394025492480 "
        + "140735270226170 140735270226391 140735270226391 140735270227933 0\n";

    [Theory]
    [InlineData("monero-wallet-r")]
    [InlineData("a b")]
    [InlineData("a) R 1 (b")]
    [InlineData(")")]
    [InlineData("(")]
    [InlineData("")]
    [InlineData("a\n) Z 1 1")]
    public void The_fields_are_found_behind_any_name(string name)
    {
        var text = Encoding.UTF8.GetBytes($"15487 ({name}){Rest}");
        Assert.True(ProcStat.TryParse(text, out var stat));
        Assert.Equal(new ProcStat(15487, 'S', 15483, 15486, 428, 2, 183244, 8117, null), stat);
        Assert.Equal(name, ProcStat.NameIn(text));
        Assert.Equal(TimeSpan.FromSeconds(4.28), stat.CpuUsed);
    }

    [Fact]
    public void No_text_makes_it_throw() => Gen.Byte.Array[0, 200].Sample(text =>
    {
        _ = ProcStat.TryParse(text, out _);
        _ = ProcStat.NameIn(text);
    });

    [Fact]
    public void A_cut_off_text_is_none()
    {
        var text = Encoding.UTF8.GetBytes("15487 (x)" + Rest);
        for (var length = 0; length < 80; length++)
        {
            Assert.False(ProcStat.TryParse(text.AsSpan(0, length), out _));
        }
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a) R 1 (b")]
    [InlineData("a\nb) S")]
    public void A_real_process_with_such_a_name_is_read(string name)
    {
        var program = Path.Combine(TestRun.NewFolder("name"), name);
        File.CreateSymbolicLink(program, "/bin/sleep");
        using var child = TestChild.Start(TestChild.Request(program, "300"));
        var stat = Assert.IsType<ProcRead<ProcStat>.Got>(ProcessReader.Stat(child.Pid)).Value;
        Assert.Equal((child.Pid, Environment.ProcessId, child.Pid, 1), (stat.Pid, stat.ParentPid, stat.Session, stat.Threads));
        Assert.Equal(name, ProcessReader.Name(child.Pid));
        Assert.Equal(new ProcRead<string>.Got(TestChild.Output("readlink -f /bin/sleep").Trim()), ProcessReader.Executable(child.Pid));
    }

    [Fact]
    public void Cpu_and_age_of_this_process_are_plausible()
    {
        var stat = Assert.IsType<ProcRead<ProcStat>.Got>(ProcessReader.Stat(Environment.ProcessId)).Value;
        Assert.InRange(stat.CpuUsed, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        Assert.InRange(ClockTicks.AgeOf(stat.StartTicks), TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        Assert.InRange(stat.ResidentPages, 1000, 10_000_000);
        Assert.Contains(stat.RunState, new[] { ProcessRunState.Running, ProcessRunState.Sleeping });
    }
}
