using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The words in <see cref="ExitCauses"/> are those of the installed monero-wallet-rpc.</summary>
public sealed class ExitCauseTests
{
    private static readonly string[] NoDaemon = ["--daemon-address", "127.0.0.1:1"];

    private readonly string _folder = TestRun.NewFolder("cause");

    [Fact]
    public async Task A_port_that_is_taken()
    {
        using var first = TestMonero.Wallet(_folder, FreePort.Next(), ["--wallet-dir", _folder, .. NoDaemon]);
        await first.Ready();
        using var second = TestMonero.Wallet(TestRun.NewFolder("second"), first.Port, ["--wallet-dir", _folder, .. NoDaemon]);
        Assert.Equal(ExitCause.PortTaken, await CauseOf(second));
    }

    [Fact]
    public async Task A_wrong_password_a_wallet_in_use_and_who_uses_it()
    {
        using var first = TestMonero.Wallet(_folder, FreePort.Next(), ["--wallet-dir", _folder, .. NoDaemon]);
        await first.Ready();
        var keys = Path.Combine(_folder, "alice.keys");
        await first.CreateWallet("alice");
        Assert.Equal(new LockHolder.Held(first.Pid, "monero-wallet-r"), FileLocks.HolderOf(keys));
        Assert.Contains(File.ReadLines("/proc/locks"), line => line.Contains($"POSIX  ADVISORY  WRITE {first.Pid} ", StringComparison.Ordinal));

        using (var second = OpenAlice("pw"))
        {
            Assert.Equal(ExitCause.WalletLocked, await CauseOf(second));
        }

        first.Signal(Signals.Terminate);
        Assert.Equal(new ProcessExit.Exited(0), await first.Exit());
        Assert.Equal(new LockHolder.Free(), FileLocks.HolderOf(keys));
        using var third = OpenAlice("wrong");
        Assert.Equal(ExitCause.WrongPassword, await CauseOf(third));
    }

    [Fact]
    public async Task A_wallet_that_is_not_there()
    {
        using var wallet = OpenAlice("pw");
        Assert.Equal(ExitCause.WalletMissing, await CauseOf(wallet));
    }

    [Theory]
    [InlineData("--no-such-flag")]
    [InlineData("--wallet-file=x")]
    [InlineData("--rpc-bind-ip=0.0.0.0")]
    public async Task A_bad_flag(string flag)
    {
        using var wallet = TestMonero.Wallet(_folder, FreePort.Next(), "--wallet-dir", _folder, flag);
        Assert.Equal(ExitCause.BadFlag, await CauseOf(wallet));
    }

    [Fact]
    public async Task A_save_that_failed_on_a_full_disk()
    {
        Assert.SkipUnless(TestMount.TryTmpfs(_folder, "1m"), "Only root may mount the small disk this needs.");
        try
        {
            var own = TestRun.NewFolder("own");
            using var wallet = TestMonero.Wallet(own, FreePort.Next(), ["--wallet-dir", _folder, .. NoDaemon]);
            await wallet.Ready();
            await wallet.CreateWallet("alice");
            TestMount.Fill(Path.Combine(_folder, "filler"));
            Assert.Equal(0, FileSystemSpace.At(_folder)?.Free);
            wallet.Signal(Signals.Terminate);
            Assert.Equal(ExitCause.SaveFailed, await CauseOf(wallet));
        }
        finally
        {
            TestMount.Unmount(_folder);
        }
    }

    private TestMonero OpenAlice(string password) =>
        TestMonero.Wallet(TestRun.NewFolder("open"), FreePort.Next(), ["--wallet-file", Path.Combine(_folder, "alice"), "--password", password, .. NoDaemon]);

    private static async Task<ExitCause> CauseOf(TestMonero process)
    {
        var exit = await process.Exit();
        Assert.Equal(new ProcessExit.Exited(1), exit);
        return ExitCauses.Recognise(process.Output, exit);
    }
}
