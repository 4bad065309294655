using System.Diagnostics.CodeAnalysis;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ExitWatcherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_of_200_exits_is_told_once_and_none_is_reaped()
    {
        var told = new int[200];
        using var all = new CountdownEvent(told.Length);
        using var watcher = new ExitWatcher(bug => Assert.Fail(bug.ToString()));
        var children = Enumerable.Range(0, told.Length).Select(_ => TestChild.Sleeping()).ToArray();
        for (var i = 0; i < children.Length; i++)
        {
            var index = i;
            watcher.Watch(children[i].PidFd, () =>
            {
                Interlocked.Increment(ref told[index]);
                all.Signal();
            });
        }

        Parallel.ForEach(children, child => child.Kill());
        Assert.True(all.Wait(Patience, Cancelled));
        Assert.All(told, times => Assert.Equal(1, times));
        Assert.All(children, child => Assert.Equal(new ProcessExit.Killed(9), Children.TryReap(child.PidFd)));
        Array.ForEach(children, child => child.Dispose());
    }

    [Fact]
    public void A_process_that_has_exited_already_is_told_at_once()
    {
        using var child = TestChild.Bash("exit 3");
        TestChild.AwaitExit(child.PidFd);
        Assert.Equal(new ProcessExit.Exited(3), child.Await());
        TestChild.AwaitExit(child.PidFd);
    }

    [Fact]
    public void An_unwatched_process_is_not_told_and_may_be_watched_again()
    {
        using var told = new CountdownEvent(1);
        using var watcher = new ExitWatcher(_ => { });
        using var child = TestChild.Sleeping();
        watcher.Watch(child.PidFd, () => told.Signal(100));
        Assert.Throws<InvalidOperationException>(() => watcher.Watch(child.PidFd, () => { }));
        Assert.True(watcher.Unwatch(child.PidFd));
        Assert.False(watcher.Unwatch(child.PidFd));
        watcher.Watch(child.PidFd, () => told.Signal());
        child.Kill();
        Assert.True(told.Wait(Patience, Cancelled));
    }

    [Fact]
    public void A_callback_may_reap_and_spawn_and_watch_the_replacement()
    {
        using var done = new ManualResetEventSlim();
        using var watcher = new ExitWatcher(_ => { });
        var lives = new List<TestChild> { TestChild.Sleeping() };
        void Replace()
        {
            Assert.IsType<ProcessExit.Killed>(Children.TryReap(lives[^1].PidFd));
            if (lives.Count == 20)
            {
                done.Set();
                return;
            }

            lives.Add(TestChild.Sleeping());
            watcher.Watch(lives[^1].PidFd, Replace);
            lives[^1].Kill();
        }

        watcher.Watch(lives[0].PidFd, Replace);
        lives[0].Kill();
        Assert.True(done.Wait(Patience, Cancelled));
        lives.ForEach(life => life.Dispose());
    }

    [Fact]
    [SuppressMessage("Usage", "CA2201", Justification = "Any exception will do.")]
    public void A_callback_that_throws_is_reported_and_the_next_is_still_told()
    {
        Exception? reported = null;
        using var told = new ManualResetEventSlim();
        using var watcher = new ExitWatcher(bug => reported = bug);
        using var first = TestChild.Bash("exit 0");
        TestChild.AwaitExit(first.PidFd);
        using var second = TestChild.Sleeping();
        watcher.Watch(second.PidFd, told.Set);
        watcher.Watch(first.PidFd, () =>
        {
            second.Kill();
            throw new Exception("bug");
        });
        Assert.True(told.Wait(Patience, Cancelled));
        Assert.Equal("bug", reported?.Message);
    }

    [Fact]
    public void After_disposal_nothing_is_told_and_the_handle_is_free()
    {
        using var child = TestChild.Sleeping();
        var watcher = new ExitWatcher(_ => { });
        watcher.Watch(child.PidFd, () => Assert.Fail("told"));
        watcher.Dispose();
        watcher.Dispose();
        child.Kill();
        Assert.Equal(new ProcessExit.Killed(9), child.Await());
    }
}
