namespace MoneroCloud.Tests;

/// <summary>What general tools do: ask every so often, and restart what did not answer in time so many times in a row.</summary>
/// <param name="Period">Between two requests, in milliseconds.</param>
/// <param name="Deadline">Of each.</param>
/// <param name="Failures">In a row.</param>
internal sealed record UsualRule(long Period, long Deadline, int Failures)
{
    public static UsualRule AtOnce { get; } = new(10_000, 5_000, 1);

    public static UsualRule ThreeInARow { get; } = new(10_000, 5_000, 3);

    /// <summary>Whether it restarts the wallet in the course of a story.</summary>
    public bool Kills(Story story)
    {
        var failures = 0;
        for (var at = 0L; at < story.Length; at += Period)
        {
            failures = story.Answered(at) is { } answered && answered <= at + Deadline ? 0 : failures + 1;
            if (failures == Failures)
            {
                return true;
            }
        }

        return false;
    }
}
