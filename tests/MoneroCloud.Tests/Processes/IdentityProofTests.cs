using System.Diagnostics;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class IdentityProofTests
{
    [Fact]
    public async Task A_life_is_over_when_it_has_ended_or_another_process_has_its_pid_and_not_before()
    {
        using var process = Process.Start(new ProcessStartInfo("sleep", ["1000"]))!;
        var life = new ProcessIdentity(BootId.Current, process.Id, Ticks(process.Id), null);
        Assert.False(IdentityProof.IsOver(life));
        Assert.False(IdentityProof.IsFree(process.Id));
        Assert.True(IdentityProof.IsOver(life with { StartTicks = life.StartTicks - 1 }));
        Assert.True(IdentityProof.IsOver(life with { BootId = "another boot" }));

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(IdentityProof.IsOver(life));
        Assert.True(IdentityProof.IsFree(life.Pid));
    }

    private static long Ticks(int pid) => ((ProcRead<ProcStat>.Got)ProcessReader.Stat(pid)).Value.StartTicks;
}
