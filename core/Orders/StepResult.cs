using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>How a step of a stop or a start went. In JSON the case is named by <c>kind</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Ok), "ok")]
[JsonDerivedType(typeof(Skipped), "skipped")]
[JsonDerivedType(typeof(Overdue), "timed_out")]
[JsonDerivedType(typeof(Declined), "refused")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Underway), "underway")]
public abstract record StepResult
{
    /// <summary>The longest text of a step, in characters.</summary>
    public const int LongestText = 200;

    private StepResult()
    {
    }

    /// <param name="Text">What was seen; null where there is nothing to say.</param>
    public sealed record Ok(string? Text = null) : StepResult;

    /// <param name="Why">Why it was not taken.</param>
    public sealed record Skipped(string Why) : StepResult;

    /// <summary>It did not end within its time.</summary>
    /// <param name="Text">What was seen meanwhile.</param>
    public sealed record Overdue(string Text) : StepResult;

    /// <summary>The node refused it over its RPC.</summary>
    /// <param name="Code">The RPC's error: -13 no wallet open, -1 among others a save that failed.</param>
    /// <param name="Message">The node's words, printable.</param>
    public sealed record Declined(int Code, string Message) : StepResult;

    /// <param name="Why">In words.</param>
    public sealed record Failed(string Why) : StepResult;

    /// <summary>It has not ended yet. Never among the steps that were taken.</summary>
    /// <param name="Text">What it does meanwhile; null at its beginning.</param>
    public sealed record Underway(string? Text = null) : StepResult;

    /// <summary>The same with its text within <see cref="LongestText"/>.</summary>
    internal StepResult Bounded() => this switch
    {
        Ok ok => new Ok(Cut(ok.Text)),
        Skipped skipped => new Skipped(Cut(skipped.Why)!),
        Overdue overdue => new Overdue(Cut(overdue.Text)!),
        Declined declined => declined with { Message = Cut(declined.Message)! },
        Failed failed => new Failed(Cut(failed.Why)!),
        Underway underway => new Underway(Cut(underway.Text)),
        _ => this,
    };

    private static string? Cut(string? text) => text?.Length > LongestText ? text[..LongestText] : text;
}
