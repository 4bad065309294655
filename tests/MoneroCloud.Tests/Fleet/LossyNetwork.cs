using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Between an agent and its monitor: loses, doubles, delays and mixes up, by a list of numbers.</summary>
internal sealed class LossyNetwork(MonitorRig rig, SimulatedAgent agent, int[] fate)
{
    private readonly List<Report> _underWay = [];
    private int _at;

    /// <summary>After something happened: perhaps a report, perhaps something arrives, perhaps an ack.</summary>
    public async Task TickAsync()
    {
        if (Next(2) == 0)
        {
            _underWay.Add(agent.Report(1 + Next(6)));
        }

        for (var arrivals = Next(3); arrivals > 0 && _underWay.Count > 0; arrivals--)
        {
            var which = Next(_underWay.Count);
            if (Next(4) != 0)
            {
                await TakeAsync(_underWay[which]);
            }

            if (Next(3) != 0)
            {
                _underWay.RemoveAt(which); // Else it comes once more.
            }
        }

        if (Next(3) == 0)
        {
            agent.TakeAcks(rig.Bus.AcksTo(agent.Name));
        }
    }

    /// <summary>It works again: the rest arrives in any order, and then the present.</summary>
    public async Task SettleAsync()
    {
        while (_underWay.Count > 0)
        {
            var which = Next(_underWay.Count);
            await TakeAsync(_underWay[which]);
            _underWay.RemoveAt(which);
        }

        for (var more = true; more;)
        {
            agent.TakeAcks(rig.Bus.AcksTo(agent.Name));
            var report = agent.Report(4);
            await TakeAsync(report);
            more = report.More;
        }
    }

    private async Task TakeAsync(Report report) => Assert.IsType<Functions.TriggerResult.Done>(await rig.TakeAsync(report));

    private int Next(int below) => fate[_at++ % fate.Length] % below;
}
