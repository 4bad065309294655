using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ExitCausesTests
{
    /// <summary>What monero 0.18 printed when it was made to fail so.</summary>
    public static TheoryData<string, ExitCause> Outputs => new()
    {
        { "Binding on 127.0.0.1 (IPv4):21182\nF Error starting server: Failed to bind IPv4 (set to required)\nE Failed to initialize wallet RPC server\n", ExitCause.PortTaken },
        { "F Error starting server: Failed to bind IPv4 (set to required)\nE Exception in main! Failed to initialize core RPC server.\n", ExitCause.PortTaken },
        { "E !r. THROW EXCEPTION: error::invalid_password\nE Wallet initialization failed: invalid password\n", ExitCause.WrongPassword },
        { "E Failed to lock w/alice.keys: Resource temporarily unavailable\nE Wallet initialization failed: internal error: \"w/alice.keys\" is opened by another wallet program\n", ExitCause.WalletLocked },
        { "E Wallet initialization failed: file not found \"w/nobody.keys\"\n", ExitCause.WalletMissing },
        { "W Saving wallet...\nE Failed to save wallet: failed to save file \"small/alice.new\"\n", ExitCause.SaveFailed },
        { "Failed to parse arguments: unrecognised option '--no-such-flag'\n\nGeneral options:\n", ExitCause.BadFlag },
        { "E Must specify --wallet-file or --generate-from-json or --wallet-dir\n", ExitCause.BadFlag },
        { "E wallet-dir and wallet-file are incompatible, use only one of them\nE Failed to initialize wallet RPC server\n", ExitCause.BadFlag },
        { "E --rpc-bind-ip permits inbound unencrypted external connections. Consider SSH tunnel\nE Failed to initialize wallet RPC server\n", ExitCause.BadFlag },
        { "I Binding on 127.0.0.1 (IPv4):abc\nE Failed to initialize wallet RPC server\n", ExitCause.BadFlag },
        { "E Initial refresh failed: no connection to daemon\n", ExitCause.DaemonRefused },
        { "terminate called after throwing an instance of 'std::bad_alloc'\n", ExitCause.OutOfMemory },
        { "write failed: No space left on device\n", ExitCause.DiskFull },
        { "", ExitCause.Unknown },
        { "something new\n", ExitCause.Unknown },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_failed_exit_is_explained_by_its_output(string output, ExitCause cause)
    {
        Assert.Equal(cause, ExitCauses.Recognise(output, new ProcessExit.Exited(1)));
        Assert.Equal(cause, ExitCauses.Recognise(output, new ProcessExit.Unknown()));
    }

    [Fact]
    public void The_last_words_count() =>
        Assert.Equal(ExitCause.SaveFailed, ExitCauses.Recognise("invalid password\nFailed to save wallet: x\nno connection to daemon\n", new ProcessExit.Exited(1)));

    [Fact]
    public void A_clean_exit_and_a_kill_from_outside_have_no_cause_in_the_output()
    {
        Assert.Equal(ExitCause.Unknown, ExitCauses.Recognise("invalid password", new ProcessExit.Exited(0)));
        Assert.Equal(ExitCause.Unknown, ExitCauses.Recognise("invalid password", new ProcessExit.Killed(9)));
        Assert.Equal(ExitCause.OutOfMemory, ExitCauses.Recognise("what():  std::bad_alloc", new ProcessExit.Killed(6)));
        Assert.Equal(ExitCause.Unknown, ExitCauses.Recognise("no connection to daemon", new ProcessExit.Killed(6)));
    }
}
