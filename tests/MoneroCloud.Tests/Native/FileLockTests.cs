using System.Globalization;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class FileLockTests
{
    private readonly string _path = Path.Combine(TestRun.NewFolder("lock"), "agent.lock");

    [Fact]
    public void Only_one_holds_it_and_the_refusal_names_the_holder()
    {
        using var held = FileLock.TryTake(_path, out _);
        Assert.NotNull(held);
        Assert.Null(FileLock.TryTake(_path, out var refusal));
        Assert.Equal($"{_path} is held by pid {Environment.ProcessId}", refusal);
    }

    [Fact]
    public void It_can_be_taken_again_once_it_was_let_go()
    {
        File.WriteAllText(_path, "12345678\n");
        FileLock.TryTake(_path, out _)?.Dispose();
        using var again = FileLock.TryTake(_path, out _);
        Assert.NotNull(again);
        Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n", TestChild.Output($"cat {_path}"));
    }

    [Fact]
    public void A_child_does_not_keep_it()
    {
        var held = FileLock.TryTake(_path, out _);
        using var child = TestChild.Sleeping();
        held!.Dispose();
        using var again = FileLock.TryTake(_path, out _);
        Assert.NotNull(again);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        Assert.Null(FileLock.TryTake("/no/such/agent.lock", out var refusal));
        Assert.Equal("cannot open /no/such/agent.lock: No such file or directory", refusal);
    }
}
