using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class FileLocksTests
{
    private readonly string _file = Path.Combine(TestRun.NewFolder("locks"), "alice.keys");

    public FileLocksTests() => File.WriteAllText(_file, "keys");

    [Fact]
    public void A_file_that_nobody_locks_is_free_and_so_is_one_that_is_not_there()
    {
        Assert.Equal(new LockHolder.Free(), FileLocks.HolderOf(_file));
        Assert.Equal(new LockSighting.Free(), FileLocks.See("/no/such.keys", _ => true));
    }

    [Fact]
    public void The_holder_of_a_flock_is_named()
    {
        using var child = TestChild.Start(TestChild.Request("/usr/bin/flock", "--no-fork", _file, "/bin/sleep", "300"));
        SpinWait.SpinUntil(() => FileLocks.HolderOf(_file) is LockHolder.Held, TimeSpan.FromSeconds(20));
        SpinWait.SpinUntil(() => ProcessReader.Name(child.Pid) == "sleep", TimeSpan.FromSeconds(20));
        Assert.Equal(new LockHolder.Held(child.Pid, "sleep"), FileLocks.HolderOf(_file));
        Assert.Equal(new LockSighting.Orphan(child.Pid, "sleep"), FileLocks.See(_file, _ => false));
        Assert.Equal(new LockSighting.Declared(), FileLocks.See(_file, pid => pid == child.Pid));
    }

    [Theory]
    [InlineData(TestNative.PosixLock)]
    [InlineData(TestNative.OpenFileLock)]
    public void A_posix_and_an_open_file_lock_are_found(int kind)
    {
        using var file = File.OpenHandle(_file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Assert.Equal(0, TestNative.Lock(file, kind));
        Assert.Equal(Environment.ProcessId, Assert.IsType<LockHolder.Held>(FileLocks.HolderOf(_file)).Pid);
    }

    [Fact]
    public void A_lock_whose_taker_gave_it_on_and_ended_is_found_with_the_heir()
    {
        using var parent = TestChild.Bash($"exec 9<>{_file}; flock 9; sleep 300 & echo $!; exec 9<&-");
        parent.Await();
        using var heir = new TestHeir(parent);
        Assert.Equal(heir.Pid, Assert.IsType<LockHolder.Held>(FileLocks.HolderOf(_file)).Pid);
    }

    [Fact]
    public void Waiters_readers_and_other_inodes_are_no_holders()
    {
        string[] lines =
        [
            "1: POSIX  ADVISORY  READ 10 fe:00:77 0 EOF",
            "2: FLOCK  ADVISORY  WRITE 11 fe:00:77 0 EOF",
            "2: -> FLOCK  ADVISORY  WRITE 12 fe:00:77 0 EOF",
            "3: OFDLCK ADVISORY  WRITE -1 fe:01:77 0 EOF",
            "4: POSIX  ADVISORY  WRITE 13 fe:00:177 0 EOF",
            "5: LEASE  ACTIVE    WRITE 14 fe:00:77 0 EOF",
        ];
        Assert.Equal([(11, true), (-1, false)], FileLocks.WriteLocks(lines, new FileIdentity(0xfe, 0, 77)));
    }
}
