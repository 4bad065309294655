namespace MoneroCloud.Core;

/// <summary>What of a judgement is a check.</summary>
internal static class Checked
{
    /// <summary>One, where somebody looked; nobody looks at what is not to run.</summary>
    public static IEnumerable<CheckSample> Of(NodeRecord record, Judgement judgement, Diagnosis diagnosis)
    {
        if (judgement.Fact is not null || diagnosis.State == HealthState.Disabled || !record.Available)
        {
            return [];
        }

        var answer = judgement.IsProbe ? record.Probe?.Answer : judgement.Host?.Api;
        return [new CheckSample(diagnosis.State ?? HealthState.Unknown, (answer as ApiAnswer.Answered)?.Latency)];
    }
}
