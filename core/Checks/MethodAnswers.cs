namespace MoneroCloud.Core;

/// <summary>
/// What a check by one method answers, from evidence that is at hand and its diagnosis. The methods differ in what they call a success, not in
/// what they store beside it: every one of them carries the diagnosis of everything that is known.
/// </summary>
public static class MethodAnswers
{
    public static MethodAnswer Of(CheckMethod method, NodeEvidence evidence, Diagnosis diagnosis)
    {
        var answer = method switch
        {
            CheckMethod.Pid => Pid(evidence),
            CheckMethod.Port => Port(evidence),
            CheckMethod.Api => Api(evidence, diagnosis),
            CheckMethod.Full => Full(evidence, diagnosis),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a method of a check."),
        };
        return answer with
        {
            Details = answer.Details with
            {
                LastCheck = evidence.At,
                Condition = diagnosis.Condition,
                Explanation = diagnosis.Explanation,
                LatencyMs = method is CheckMethod.Api or CheckMethod.Full ? Latency(evidence) : null,
            },
        };
    }

    private static MethodAnswer Pid(NodeEvidence evidence) => evidence.Process switch
    {
        ProcessSighting.Alive alive => new(true, new WorkedData.Pid(alive.Identity.Pid, "Process is running")),
        ProcessSighting.Gone gone => new(false, new WorkedData.Pid(gone.Pid, "Process not found")),
        ProcessSighting.Reused reused => new(false, new WorkedData.Pid(reused.Pid, "Process not found: another one has its pid")),
        ProcessSighting.NotPermitted refused => new(false, new WorkedData.Pid(null, $"Process may not be read: {refused.What}")),
        _ => new(false, new WorkedData.Pid(null, "Process was not looked at")),
    };

    private static MethodAnswer Port(NodeEvidence evidence) => evidence.Port switch
    {
        PortSighting.Own => PortAnswer(evidence, true, "Port is in use by the node", null),
        PortSighting.Nobody => PortAnswer(evidence, false, "Port is not in use", "Connection refused"),
        PortSighting.Taken taken => PortAnswer(evidence, false, "Port is in use by another process", $"Held by {Words.Process(taken.Name, taken.Pid)}"),
        PortSighting.NotPermitted => PortAnswer(evidence, false, "Port is in use", "Its owner may not be read"),
        _ => PortAnswer(evidence, false, "Port was not looked at", null),
    };

    private static MethodAnswer PortAnswer(NodeEvidence evidence, bool status, string message, string? error)
    {
        var url = AbsoluteUrl(evidence);
        return new(status, new WorkedData.Port(url?.Host, url?.Port, message, error));
    }

    private static MethodAnswer Api(NodeEvidence evidence, Diagnosis diagnosis)
    {
        var url = AbsoluteUrl(evidence)?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return diagnosis.Worked
            ? new(true, new WorkedData.Api(url, Answered(evidence)?.Version, null, "API is responding"))
            : new(false, new WorkedData.Api(url, null, Error(Asked(evidence), diagnosis), "API check failed"));
    }

    private static MethodAnswer Full(NodeEvidence evidence, Diagnosis diagnosis)
    {
        var checks = new FullChecks(Pid(evidence), Port(evidence), Api(evidence, diagnosis));
        var inUse = evidence.Port is PortSighting.Own or PortSighting.Taken or PortSighting.NotPermitted;
        return new(diagnosis.Worked, new WorkedData.Full(
            checks,
            new FullSummary(checks.Pid.Status, inUse, checks.Api.Status),
            diagnosis.Worked ? "Node is working" : "Node check failed")
        {
            Timestamp = evidence.At,
        });
    }

    /// <summary>The original's words where it had some. An answer that came and is still not good is told by its diagnosis.</summary>
    private static string Error(ApiAnswer answer, Diagnosis diagnosis) => answer switch
    {
        ApiAnswer.Refused => "Connection refused",
        ApiAnswer.Reset => "Connection reset by peer",
        ApiAnswer.TimedOut timeout => $"No answer within {Words.Duration(timeout.After)}",
        ApiAnswer.Answered => diagnosis.Explanation,
        ApiAnswer.NotAsked => "API was not asked",
        _ => $"Got {Words.Answer(answer)}",
    };

    private static double? Latency(NodeEvidence evidence) =>
        Answered(evidence) is { } answered ? Math.Round(answered.Latency.TotalMilliseconds, 2) : null;

    private static ApiAnswer.Answered? Answered(NodeEvidence evidence) =>
        evidence.Api as ApiAnswer.Answered ?? evidence.Probe?.Answer as ApiAnswer.Answered;

    private static ApiAnswer Asked(NodeEvidence evidence) =>
        evidence.Api is ApiAnswer.NotAsked && evidence.Probe is { } probe ? probe.Answer : evidence.Api;

    private static Uri? AbsoluteUrl(NodeEvidence evidence) => evidence.Url is { IsAbsoluteUri: true } url ? url : null;
}
