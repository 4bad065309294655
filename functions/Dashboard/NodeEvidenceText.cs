using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a diagnosis rests on, in words: what its host saw and what the monitor's own probe got, each with its age. Pure.</summary>
internal static class NodeEvidenceText
{
    public static IEnumerable<Fact> Of(NodeRecord node)
    {
        if (node.Host is { } host)
        {
            foreach (var fact in Of(host.Seen.Evidence))
            {
                yield return fact;
            }

            yield return new("seen by its host", $"{Words.Time(host.Seen.At)}, arrived {Words.Time(host.ReceivedAt)}");
        }

        if (node.Probe is { } probe)
        {
            yield return new("monitor's own probe", $"{Answer(probe.Answer)}, {Words.Time(probe.At)}");
        }

        if (node.Health.Last is { } last)
        {
            yield return new("judged", $"{last.Condition}, {(last.Certainty == Certainty.Certain ? "certain" : "probable")}; what helps: {last.Remedy}");
        }
    }

    private static IEnumerable<Fact> Of(HostEvidence seen)
    {
        yield return new("process", Process(seen.Process));
        yield return new("port", Port(seen.Port));
        yield return new("answer to its host", Answer(seen.Api));
        if (seen.Work is { UnansweredFor: { } unanswered } work)
        {
            yield return new("unanswered for", $"{Words.Duration(unanswered)}; {(work.NoProgressFor > TimeSpan.Zero ? $"no sign of work for {Words.Duration(work.NoProgressFor)}" : Words.Work(work))}");
        }

        if (Link(seen.DaemonLink) is { } link)
        {
            yield return new("link to its daemon", link);
        }

        if (seen.Daemon != DaemonSighting.NotKnown)
        {
            yield return new("its daemon", seen.Daemon.ToString());
        }

        if (seen.Lock is LockSighting.Orphan orphan)
        {
            yield return new("wallet file", $"is held by {Words.Process(orphan.Name, orphan.Pid)}, which nobody declared");
        }

        if (seen.Disk is { } disk)
        {
            yield return new("disk", $"{Words.Size(disk.Free)} of {Words.Size(disk.Total)} free");
        }

        if (seen.OpenFailed is { } failed)
        {
            yield return new("wallet", $"could not be opened: {failed}");
        }
    }

    private static string Process(ProcessSighting process) => process switch
    {
        ProcessSighting.Alive alive => $"pid {alive.Identity.Pid}, {Words.RunState(alive.RunState)}, {Words.Duration(alive.Age)} old{(alive.WaitChannel is { } channel ? $", waits in {channel}" : "")}",
        ProcessSighting.Gone gone => $"{Words.Exit(gone.Exit, gone.Cause)}{(gone.NextStart is { } next ? $"; next start {Words.Time(next)}" : "")}",
        ProcessSighting.Reused reused => $"gone: pid {reused.Pid} is another process now",
        ProcessSighting.NotPermitted refused => $"may not be read ({refused.What})",
        _ => "nobody looked",
    };

    private static string Port(PortSighting port) => port switch
    {
        PortSighting.Own own => $"its own process listens; {Words.Waiting(own.AcceptQueue)}",
        PortSighting.Taken taken => $"{Words.Process(taken.Name, taken.Pid)} listens on it",
        PortSighting.Nobody => "nobody listens",
        PortSighting.NotPermitted refused => $"somebody listens, and who it is may not be read; {Words.Waiting(refused.AcceptQueue)}",
        _ => "nobody looked",
    };

    private static string Answer(ApiAnswer answer) => answer is ApiAnswer.Answered answered
        ? $"{Words.Answer(answer)} in {Words.Milliseconds(answered.Latency)}{Wallet(answered.Wallet)}"
        : Words.Answer(answer);

    private static string Wallet(WalletAnswer wallet) => wallet switch
    {
        WalletAnswer.Open => "; its wallet is open",
        WalletAnswer.NotOpen => "; no wallet is open",
        WalletAnswer.NoDaemon => "; the wallet has no connection to its daemon",
        WalletAnswer.Error error => $"; of its wallet: error {error.Code}",
        _ => "",
    };

    private static string? Link(DaemonLinkSighting link) => link switch
    {
        DaemonLinkSighting.NotConnected => "not connected",
        DaemonLinkSighting.Idle => "idle",
        DaemonLinkSighting.RequestOutstanding waits => $"waits for an answer since {Words.Duration(waits.For)}",
        _ => null,
    };
}
