using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class JournaledSilenceTests
{
    [Fact]
    public void What_was_told_of_a_silent_monitor_is_there_in_every_next_life_until_it_is_over()
    {
        var (time, folder) = (new FakeTimeProvider(), TestRun.NewFolder("journal"));
        var told = new JournalRecord.MonitorSilent("https://m/", time.GetUtcNow(), time.GetUtcNow().AddMinutes(5));
        using (var journal = MoneroCloud.Agent.Journal.Open(folder, time))
        {
            journal.Tell(told);
        }

        MoneroCloud.Agent.Journal.Open(folder, time).Dispose(); // Compacted at each start.
        using (var next = MoneroCloud.Agent.Journal.Open(folder, time))
        {
            Assert.Equal((told, 0), (next.Silence, next.DamagedLines));
            next.Tell(null);
            Assert.Null(next.Silence);
        }

        using var last = MoneroCloud.Agent.Journal.Open(folder, time);
        Assert.Equal((null, 0, 1), (last.Silence, last.DamagedLines, last.Epoch));
    }
}
