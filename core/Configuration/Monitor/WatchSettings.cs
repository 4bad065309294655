namespace MoneroCloud.Core;

/// <summary>The sections of monitor.json by which the monitor watches itself, and is watched.</summary>
internal static class WatchSettings
{
    public const int MaxTargets = 8;

    public static Setting Targets { get; } = new(
        "targets",
        new ValueShape.Texts(
            new ValueShape.Text("tcp://HOST:PORT or https://HOST/PATH, such as tcp://10.0.0.1:53, and nothing else", WatchTextPatterns.SelfCheckTarget, MaxLength: 500),
            MaxTargets),
        "What is there whenever the monitor's own network is: `tcp://HOST:PORT`, where a connection counts, or `https://HOST/PATH`, where any answer counts.")
    {
        DefaultInWords = "none: its own network is not looked at",
    };

    public static PolicyTable<SelfCheckPolicy> SelfCheck { get; } =
        new PolicyTable<SelfCheckPolicy>(
            "selfCheck",
            "Whether the monitor itself is offline: asked in each tick; while it fails, no node that fails is called down and no agent silent, and one alert is about the monitor.",
            SelfCheckPolicy.Default)
            .Duration("deadline", "100ms", "30s", p => p.Deadline, (p, v) => p with { Deadline = v }, "Deadline of one target; all are asked at once.")
            .Word("quorum", [("all", SelfCheckQuorum.All), ("most", SelfCheckQuorum.Most)], p => p.Quorum, (p, v) => p with { Quorum = v },
                "The check fails when `all` targets fail, or `most` of them.")
            .Beside(Targets);

    public static Setting Url { get; } = new(
        "url",
        PostTarget.Shape,
        "Who waits for a sign of life, as Healthchecks does: POST to it after each good tick, to `/start` below it before, to `/fail` with a reason after one that failed; whoever knows the address can do so too, so it may stand in a variable.")
    {
        DefaultInWords = "none: nobody is told",
        Sensitive = true,
    };

    public static PolicyTable<DeadManPolicy> DeadMan { get; } =
        new PolicyTable<DeadManPolicy>("deadMan", "A sign of life to somebody outside, who alerts when it stays away: the one thing that a monitor cannot tell itself.", DeadManPolicy.Default)
            .Truth("startSignal", p => p.StartSignal, (p, v) => p with { StartSignal = v }, "The begin of a tick is told too, so that one that hangs is seen, and how long ticks take.")
            .Duration("deadline", "1s", "30s", p => p.Deadline, (p, v) => p with { Deadline = v }, "Deadline of one signal. None holds up a tick, and none is repeated.")
            .Beside(Url);

    /// <summary>What a variable must hold for this address to be there.</summary>
    public static IEnumerable<AlertSecret> Secrets(PostTarget? url) => url is PostTarget.Secret secret ? [new AlertSecret(Url, secret.Name, PostAddress.SecretProblem)] : [];
}
