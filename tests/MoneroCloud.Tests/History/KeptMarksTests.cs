using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests.History;

/// <summary>What is kept of an agent's silences is as good as read anew, and read seldom.</summary>
public sealed class KeptMarksTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agents_are_read_once_while_none_of_its_silences_begins_or_ends()
    {
        var table = new AwayTable(new MemoryTable());
        using var past = await PastRig.StartAsync(table);
        await past.WatchAsync(2);
        var marks = new KeptMarks(past.Rig.NewMonitor());
        await marks.ReadAsync(past.Agent.Name.ToString(), await AgentAsync(past), Cancellation);
        var ranges = table.Ranges;

        for (var minute = 0; minute < 9; minute++)
        {
            past.Rig.Time.Advance(TimeSpan.FromMinutes(1));
            await marks.ReadAsync(past.Agent.Name.ToString(), await AgentAsync(past), Cancellation);
        }

        Assert.Equal(0, table.Ranges - ranges);

        past.Rig.Time.Advance(TimeSpan.FromMinutes(1)); // Ten minutes: something may have been imported.
        await marks.ReadAsync(past.Agent.Name.ToString(), await AgentAsync(past), Cancellation);
        Assert.Equal(1, table.Ranges - ranges);
    }

    /// <summary>Nobody looks while it is silent: its record says the same as before, but for when a silence ended last.</summary>
    [Fact]
    public async Task A_silence_that_began_and_ended_between_two_looks_is_known_at_the_second()
    {
        using var past = await PastRig.StartAsync();
        await past.WatchAsync(6);
        var marks = new KeptMarks(past.Rig.NewMonitor());
        var before = (await AgentAsync(past))!;
        Assert.Empty((await marks.ReadAsync(past.Agent.Name.ToString(), before, Cancellation)).Silences);

        await past.WatchAsync(6, silent: true);
        await past.WatchAsync(2);

        var after = (await AgentAsync(past))!;
        Assert.Equal((null, null), (before.SilentSince, after.SilentSince));
        var read = await marks.ReadAsync(past.Agent.Name.ToString(), after, Cancellation);
        Assert.Equal([HealthState.Unknown, HealthState.Up], read.Silences.Select(t => t.To));
        Assert.Equal(read.Silences[^1].At, after.SpokeAgainAt);

        // Without that it would not be: the same record as before is answered from memory.
        var kept = new KeptMarks(past.Rig.NewMonitor());
        await kept.ReadAsync(past.Agent.Name.ToString(), before, Cancellation);
        await past.WatchAsync(6, silent: true);
        await past.WatchAsync(1);
        Assert.Equal(2, (await kept.ReadAsync(past.Agent.Name.ToString(), before, Cancellation)).Silences.Length);
        Assert.Equal(4, (await kept.ReadAsync(past.Agent.Name.ToString(), await AgentAsync(past), Cancellation)).Silences.Length);
    }

    [Fact]
    public async Task The_monitors_are_read_once_a_minute()
    {
        var table = new AwayTable(new MemoryTable());
        using var past = await PastRig.StartAsync(table, new DateTimeOffset(2026, 1, 15, 21, 0, 0, TimeSpan.Zero));
        var marks = new KeptMarks(past.Rig.NewMonitor());
        var ranges = table.Ranges;

        for (var i = 0; i < 6; i++)
        {
            await marks.ReadAsync(NodeId.Monitor, null, Cancellation);
            await marks.ReadAsync(NodeId.Monitor, null, Cancellation);
            past.Rig.Time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(3, table.Ranges - ranges);
    }

    private static async Task<AgentRecord?> AgentAsync(PastRig past) => await past.Rig.AgentAsync(past.Agent.Name);
}
