using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Messages;

/// <summary>One of every document that the monitor stores, with every member set somewhere.</summary>
internal static class RowSamples
{
    private const string IncidentId = "40123456789abcdef01234567";

    private static readonly DateTimeOffset At = WireSamples.At;

    public static Alert Alert { get; } = new()
    {
        Id = "0123456789abcdef01234567",
        Subject = "host-1.main",
        Kind = AlertKind.Down,
        Severity = AlertSeverity.Critical,
        At = At,
        Due = At.AddSeconds(30),
        Title = "host-1.main is Down: Exited",
        Text = "it was ended by signal 9",
        Condition = Condition.Exited,
        State = HealthState.Down,
        Incident = IncidentId,
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "hot"),
        Daemon = new NodeId(WireSamples.Agent, NodeName.Parse("second")),
    };

    public static Incident Incident { get; } = new()
    {
        Id = IncidentId,
        Subject = "host-1.main",
        OpenedAt = At,
        Severity = AlertSeverity.Critical,
        Title = "host-1.main is Down: Exited",
        Text = "it was ended by signal 9",
        Condition = Condition.Exited,
        State = IncidentState.Open,
        ResolvedAt = At.AddHours(1),
        Causes = ["outage"],
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "hot"),
        Daemon = new NodeId(WireSamples.Agent, NodeName.Parse("second")),
        ToldAt = At.AddSeconds(31),
        ToldSeverity = AlertSeverity.Critical,
        ToldTo = ["log"],
        Reminders = 1,
        Acknowledged = new Acknowledgement("alice", At.AddMinutes(5), At.AddHours(4), "the disk is being replaced"),
        Held = new Hold("maintenance 0123456789ab of alice", At.AddMinutes(6), At.AddHours(1)),
        Actions = [.. Enum.GetValues<IncidentActionKind>().Select(kind => new IncidentAction(At, kind, "what was done", kind == IncidentActionKind.Acknowledged ? "alice" : null))],
    };

    public static Silence Silence { get; } = new()
    {
        Id = "0123456789ab",
        Kind = SilenceKind.Maintenance,
        Match = new AlertMatcher
        {
            Subjects = ["host-1.*"],
            Agents = ["host-1"],
            Conditions = [Condition.Exited],
            Severities = [AlertSeverity.Warning],
            Kinds = [AlertKind.Down],
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "h*"),
        },
        From = At,
        Until = At.AddHours(1),
        By = "alice",
        Comment = "a new disk",
        EndedBy = "operator bob",
    };

    public static NodeRecord Node { get; } = new()
    {
        Id = new NodeId(WireSamples.Agent, WireSamples.Main),
        Kind = NodeKind.WalletRpc,
        Port = 18082,
        Tls = true,
        WalletDeclared = true,
        WalletFileMode = true,
        Daemon = NodeName.Parse("second"),
        Manage = NodeManage.Watch,
        Restartable = false,
        Available = false,
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "hot"),
        Health = new Health
        {
            State = HealthState.Down,
            Condition = Condition.Exited,
            Since = At,
            Streak = new Streak(HealthState.Up, Condition.Healthy, 1, At.AddSeconds(5)),
            Last = new Diagnosis
            {
                Condition = Condition.Exited,
                State = HealthState.Down,
                Certainty = Certainty.Certain,
                Remedy = Remedy.Restart,
                Explanation = "it was ended by signal 9",
                Notes = [Note.SaveFailed, Note.DiskLow],
            },
            LastNumber = new ObservationNumber(2, 7),
            LastCheck = At.AddSeconds(5),
        },
        Host = new HostSighting(2, WireSamples.Seen, At.AddSeconds(1)),
        Probe = new Probed(new ApiAnswer.TimedOut(TimeSpan.FromSeconds(5)), At),
        Reported = new ReportNumber(2, 17),
        Applied = new EventPosition(2, 18),
        LastEvent = new EventPosition(2, 16),
        LastExit = new ProcessSighting.Gone(new ProcessExit.Killed(9), ExitCause.Unknown) { Pid = 4242, NextStart = At.AddSeconds(2) },
        Identity = WireSamples.Watched,
        Phase = "waiting to start",
        Restarts = 2,
        Breaker = WireSamples.Broken,
        LastRestart = LastRestart,
        HeldRestart = new HeldRestart(Condition.Hung, "the fleet's budget of 1 in 10 min is used up", At),
        Desired = new DesiredState.Stopped("alice", At),
        WorkedData = WireSamples.WorkedDatas[^1],
        Turned = new ObservationNumber(2, 6),
        Notes = [Note.SaveFailed],
        Outage = new Outage(HealthState.Down, Condition.Exited, At, Alert.Id, At.AddSeconds(30)),
        Tally = Tally,
        Rollups = new NodeRollups { At = At.ToUnixTimeMilliseconds(), Hour = Hour, Day = Hour, Hours = [Hour], Days = [Hour] },
    };

    public static RollupBucket Hour => new()
    {
        Start = RollupSpan.Hour.StartOf(At).ToUnixTimeSeconds(),
        Began = At.ToUnixTimeMilliseconds(),
        Number = 7,
        Checks = Tally,
        MinUs = 2_900,
        MaxUs = 41_000,
        UpMs = 3_000_000,
        DegradedMs = 60_000,
        DownMs = 30_000,
        DisabledMs = 10_000,
    };

    /// <summary>As one row of a node's hours.</summary>
    public static Dictionary<string, RollupBucket> Hours =>
        JsonSerializer.Deserialize(RollupRows.Hours(Node.Id, [Hour, Hour with { Number = 8 }]).Single().Written.Doc, CoreJson.Default.DictionaryStringRollupBucket)!;

    private static CheckTally Tally => new() { Up = 55, Degraded = 2, Down = 3, Unknown = 1, LatencyUs = 190_000, Latencies = [0, 0, 54, 0, 0, 1] };

    public static AutomaticRestart LastRestart => new()
    {
        Order = WireSamples.OrderId,
        Identity = WireSamples.Identity,
        Condition = Condition.Hung,
        Try = 2,
        PlacedAt = At,
        ExpiresAt = At.AddMinutes(5),
        TakenAt = At.AddSeconds(1),
        EndedAt = At.AddSeconds(4),
        Result = OutcomeResult.Done,
        Text = "running, pid 4311",
    };

    public static RestartBudget Budget { get; } = new() { Slots = [new BudgetSlot(At, "0123456789ab", "ba9876543210")], ClosedUntil = At.AddMinutes(10) };

    public static AgentRecord Agent { get; } = new()
    {
        Name = WireSamples.Agent,
        Keys = [PublishedKey.Jwk],
        OldKeyUntil = At.AddHours(1),
        Trusts = [PublishedKey.Thumbprint],
        EnrolledAt = At.AddDays(-1),
        EnrolledBy = "operator",
        Epoch = 2,
        Report = 17,
        Stored = new EventPosition(2, 18),
        StoredEventAt = At.AddSeconds(-1),
        ReportedAt = At,
        ReceivedAt = At.AddSeconds(1),
        PeriodSeconds = 60,
        Version = "0.1.0",
        Names = [WireSamples.Main],
        SilentSince = At.AddMinutes(3),
        SpokeAgainAt = At.AddDays(-1),
        Late = new LateTelling(new EventPosition(2, 3), 12, At.AddHours(-2), At.AddHours(-1)),
        AckedAt = At.AddSeconds(1),
    };

    public static OutboxItem AlertOnItsWay { get; } = new()
    {
        Alert = Alert,
        Channel = "log",
        Attempt = 2,
        PutOff = true,
        RoutedAt = At.AddSeconds(30),
        EscalatedFrom = "mail",
        Message = "0123456789abcdef01234567:log",
        MessageAt = At.AddSeconds(31),
        ClaimedBy = "0f1e2d3c4b5a69788796a5b4c3d2e1f0:00112233445566778899aabbccddeeff",
        ClaimedUntil = At.AddMinutes(3),
        LostClaims = 1,
        Trouble = "the channel answered 503",
        Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };

    public static OutboxItem OrderOnItsWay { get; } = new() { Order = WireSamples.OrderId, Attempt = 1 };

    public static DeliveryRecord Delivered { get; } = new() { Alert = Alert, Channel = "log", At = At.AddSeconds(31), Receipt = "written to the log", EscalatedFrom = "mail", Message = "0123456789abcdef01234567:log", Attempts = 2, LostClaims = 1 };

    public static OrderRecord Order(OrderState state) => new()
    {
        Order = WireSamples.Restart,
        State = state,
        StoredAt = At,
        Attempts = state == OrderState.Stored ? 0 : 1,
        SentAt = state == OrderState.Stored ? null : At.AddSeconds(1),
        TakenAt = state is OrderState.Taken or OrderState.Ended ? At.AddSeconds(2) : null,
        EndedAt = state == OrderState.Ended ? At.AddSeconds(5) : state == OrderState.Expired ? At.AddMinutes(5) : null,
        Step = state == OrderState.Taken ? new LadderStep(LadderRung.StopWallet, At.AddSeconds(3), null, new StepResult.Underway()) : null,
        Steps = state == OrderState.Taken ? WireSamples.Steps[..2] : null,
        Outcome = state == OrderState.Ended ? WireSamples.Restarted : null,
    };

    /// <summary>A fact, a change of health, both, and an order.</summary>
    public static ImmutableArray<HistoryEntry> History { get; } =
    [
        new() { At = At, Place = "2.7", Fact = WireSamples.Facts[6], Transition = new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, At, "it exited with code 1") },
        new() { At = At, Place = "2.4", Fact = new NodeFact.Answered(65561, 900) },
        new() { At = At, Place = "2.s7", Transition = new Transition(HealthState.Down, HealthState.Up, Condition.Exited, Condition.Healthy, At, "answers") },
        OrderMark.Of(Order(OrderState.Stored) with { Order = WireSamples.Automatic }, At)!,
    ];

    public static ImmutableArray<Alert> Alerts { get; } = [.. Enum.GetValues<AlertKind>().Select(kind => Alert with { Kind = kind, Condition = null, State = null })];
}
