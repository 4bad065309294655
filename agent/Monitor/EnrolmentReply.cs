namespace MoneroCloud.Agent;

/// <summary>How a monitor answered an agent that wants to be enrolled.</summary>
internal abstract record EnrolmentReply
{
    private EnrolmentReply()
    {
    }

    public sealed record Taken(EnrolmentAnswer Answer) : EnrolmentReply;

    /// <param name="Problem">A sentence for the operator.</param>
    public sealed record Refused(string Problem) : EnrolmentReply;
}
