namespace MoneroCloud.Agent;

/// <summary>What becomes of an order whose signature is good.</summary>
internal abstract record IntakeVerdict
{
    private IntakeVerdict()
    {
    }

    public sealed record Take : IntakeVerdict;

    /// <param name="Named">Its id may be told as refused: it is meant for this agent, and was not taken before.</param>
    /// <param name="Reason">In words.</param>
    public sealed record Refuse(bool Named, string Reason) : IntakeVerdict;
}
