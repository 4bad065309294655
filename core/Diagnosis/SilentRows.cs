namespace MoneroCloud.Core;

/// <summary>The rows of a node that did not answer, or not everybody. Only what the host sees can tell work from a deadlock.</summary>
internal static class SilentRows
{
    public static Finding? Saturated(Case subject)
    {
        if (subject.Answer is ApiAnswer.Reset)
        {
            return new(Remedy.Alert, "connects, and resets the first request: its 25 connections (3 from a public address) are taken; look for who keeps them");
        }

        return subject is { Local: ApiAnswer.Answered, Probe: ApiAnswer.Reset }
            ? new(Remedy.Alert, "answers on its host, and resets the monitor's probe: the 3 connections of a public address are taken; look for who keeps them")
            : null;
    }

    public static Finding? DaemonDown(Case subject) =>
        subject.IsDaemon && (subject.Answer is ApiAnswer.Refused || (subject.Alive is not null && subject.PortIsClosed))
            ? new(Remedy.Alert, $"{Words.Port(subject.Evidence.Url)} refuses connections{ThoughAlive(subject)}; wallets that use this daemon wait for it")
            : null;

    public static Finding? DaemonBusy(Case subject) =>
        subject is { IsDaemon: true, Unanswered: true, Works: true }
            ? new(Remedy.Alert, $"{NoAnswer(subject)}; the daemon {Words.Work(subject.Work)}")
            : null;

    public static Finding? Busy(Case subject) =>
        WorksInSilence(subject) && subject.UnansweredFor <= BusyBudget(subject)
            ? new(Remedy.Wait, $"{NoAnswer(subject)}; it {Words.Work(subject.Work)}")
            : null;

    public static Finding? BusyTooLong(Case subject) =>
        WorksInSilence(subject)
            ? new(
                Remedy.Alert,
                $"{NoAnswer(subject)}, and {Words.Duration(BusyBudget(subject))} are allowed; it {Words.Work(subject.Work)}, so it is not restarted")
            : null;

    public static Finding? WaitingForDaemon(Case subject)
    {
        if (AnsweredRows.SaysNoDaemon(subject))
        {
            return new(Remedy.AlertOnDaemon, "answers, but has no connection to its daemon (error -38); look at the daemon");
        }

        if (!WaitsInSilence(subject))
        {
            return null;
        }

        if (subject.UnansweredFor >= subject.Policy.HangBudget && MayStillBeReceiving(subject))
        {
            var since = ((DaemonLinkSighting.Idle)subject.Evidence.DaemonLink).For.GetValueOrDefault();
            return new(
                Remedy.AlertOnDaemon,
                $"{NoAnswer(subject)}; its daemon, from which data came {Words.Duration(since)} ago, may not have sent all of an answer; "
                + "restarting the wallet cures nothing");
        }

        return !DaemonWaitIsOver(subject) && subject.Evidence.DaemonLink is DaemonLinkSighting.RequestOutstanding request
            ? new(
                Remedy.AlertOnDaemon,
                $"{NoAnswer(subject)}; it has waited {Words.Duration(request.For)} for its daemon, which {Words.Daemon(subject.Evidence.Daemon)}; "
                + "restarting the wallet cures nothing")
            : null;
    }

    public static Finding? Hung(Case subject)
    {
        // Runnable without a turn is the host's trouble, and an uninterruptible wait is a disk's: neither is a deadlock, and no signal ends the latter.
        if (subject is not { Alive: { RunState: ProcessRunState.Sleeping } alive, Unanswered: true, Works: false, AcceptQueue: >= 1 } || subject.QuietFor < subject.Policy.HangBudget)
        {
            return null;
        }

        // A daemon waits for nobody; of a wallet it must be known that it does not wait for one.
        var waits = !subject.IsDaemon && subject.Evidence.DaemonLink switch
        {
            DaemonLinkSighting.NotConnected => false,
            DaemonLinkSighting.Idle => MayStillBeReceiving(subject),
            DaemonLinkSighting.RequestOutstanding => !DaemonWaitIsOver(subject),
            _ => true,
        };
        return waits ? null : new(
            Remedy.Restart,
            $"{NoAnswer(subject)}; the process is {Words.RunState(alive.RunState)}, used no CPU, and {Words.Waiting(subject.AcceptQueue)} in its accept queue");
    }

    public static Finding? PortClosed(Case subject) =>
        subject is { Alive: { RunState: not (ProcessRunState.Running or ProcessRunState.DiskSleep) } alive, PortIsClosed: true } && !(IsFirstRefresh(subject) && subject.Work.NoProgressFor < subject.Policy.StartGrace) && (subject.Work.EverAnswered || !subject.WithinGrace)
            ? new(
                subject.WithinGrace ? Remedy.Wait : Remedy.Restart,
                $"nobody listens on {Words.Port(subject.Evidence.Url)}, though the process has been alive for {Words.Duration(alive.Age)}; {NoAnswer(subject)}")
            : null;

    public static Finding? Silent(Case subject) =>
        subject.Unanswered && subject.QuietFor < subject.Policy.HangBudget
            ? new(Remedy.Wait, $"{NoAnswer(subject)}; {Words.Duration(subject.Policy.HangBudget)} are allowed before it counts")
            : null;

    public static Finding? Unreachable(Case subject) =>
        subject.IsRightService(subject.Local) && ProbeContradicts(subject)
            ? new(Remedy.Alert, $"answers on its host, but the monitor's probe got {Words.Answer(subject.Probe)}; look at the network path and the probe address")
            : null;

    /// <summary>
    /// The monitor's probe alone, or a silence past the hang budget that no row above explains. Never a restart: either the host says nothing,
    /// or what it says proves no deadlock.
    /// </summary>
    public static Finding? Unresponsive(Case subject)
    {
        if (subject.Unanswered)
        {
            return new(Remedy.Alert, $"{NoAnswer(subject)}, and {WhatTheHostShows(subject)}");
        }

        return subject.Local is ApiAnswer.NotAsked && subject.Alive is null && subject is { Probe: not ApiAnswer.NotAsked, Answers: false }
            ? new(Remedy.Alert, $"the monitor's probe got {Words.Answer(subject.Probe)}, and {HostSilence(subject)}; look at the node's host")
            : null;
    }

    private static string WhatTheHostShows(Case subject) => subject.Alive?.RunState switch
    {
        ProcessRunState.Running => "its process is runnable and gets no CPU: look at the load of its host",
        ProcessRunState.DiskSleep => "its process is in an uninterruptible wait, which no signal ends: look at its disk",
        _ => "nothing the host shows explains it; look at the node itself",
    };

    public static Finding? NothingKnown(Case subject) => new(Remedy.Wait, subject switch
    {
        { Answer: ApiAnswer.Answered } => "answers, but nobody asked whether its declared wallet is open",
        { Evidence.Process: ProcessSighting.NotPermitted refused } => $"the process may not be read ({refused.What}), and its API was not asked",
        { HostIsStale: true } => HostSilence(subject),
        { Alive: not null } => "the process is alive, and its API was not asked",
        _ => "nothing is known about this node: no check has reached it",
    });

    /// <summary>The host got its answer and the monitor's probe, which was made, did not. An own failure of the probe proves nothing.</summary>
    public static bool ProbeContradicts(Case subject) =>
        subject.Local is ApiAnswer.Answered && subject.Probe is not (ApiAnswer.NotAsked or ApiAnswer.OwnFailure) && !subject.IsRightService(subject.Probe);

    /// <summary>
    /// A closed port is not explained by work (that is PortClosed), except by the first refresh of a wallet from the command line.
    /// </summary>
    private static bool WorksInSilence(Case subject) =>
        subject is { IsDaemon: false, Unanswered: true, Works: true } && (!subject.PortIsClosed || IsFirstRefresh(subject));

    private static bool WaitsInSilence(Case subject) =>
        subject is { IsDaemon: false, Unanswered: true, Works: false, Alive.RunState: ProcessRunState.Sleeping };

    /// <summary>wallet-rpc gives up on its daemon by itself; if it still waits while the daemon answers others, the wait is not the daemon's fault.</summary>
    private static bool DaemonWaitIsOver(Case subject) =>
        subject.Evidence is { Daemon: DaemonSighting.Answers, DaemonLink: DaemonLinkSighting.RequestOutstanding request }
        && request.For > subject.Policy.DaemonWaitBudget;

    /// <summary>
    /// An answer of which a part is missing looks like a link on which nothing is owed. wallet-rpc waits for the rest as long as for a whole answer,
    /// and it waits in epoll; a thread that stands at a lock does not.
    /// </summary>
    private static bool MayStillBeReceiving(Case subject) =>
        subject.Evidence.DaemonLink is DaemonLinkSighting.Idle { For: { } since } && since <= subject.Policy.DaemonWaitBudget
        && (subject.Alive?.WaitChannel is not { } channel || channel.StartsWith("ep_", StringComparison.Ordinal) || channel.Contains("epoll", StringComparison.Ordinal));

    private static bool IsFirstRefresh(Case subject) => subject is { Evidence.WalletFileMode: true, Work.EverAnswered: false };

    private static TimeSpan BusyBudget(Case subject)
    {
        var starves = subject.Evidence.LastVersion is { } version && (version & 0xFFFF) <= subject.Policy.LastStarvingMinor;
        var chain = subject.Evidence.Chain;
        if (IsFirstRefresh(subject))
        {
            // Of whichever version: its port opens only when it is done.
            return subject.Policy.StarvingBusyBudget;
        }

        var syncs = subject.Work.HeightRise > 0 || chain.Height < chain.DaemonHeight - subject.Policy.WalletLag;
        return starves && syncs ? subject.Policy.StarvingBusyBudget : subject.Policy.BusyBudget;
    }

    private static string ThoughAlive(Case subject) => subject.Alive is null ? "" : ", though its process is alive";

    private static string NoAnswer(Case subject) => $"no answer for {Words.Duration(subject.UnansweredFor)}";

    private static string HostSilence(Case subject) => subject.Evidence.HostEvidenceAge is { } age
        ? $"the last report from its host is {Words.Duration(age)} old"
        : "there is no report from its host";
}
