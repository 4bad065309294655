namespace MoneroCloud.Core;

/// <summary>How a send ended.</summary>
public abstract record BusSend
{
    private BusSend()
    {
    }

    /// <summary>The bus has it, and keeps it.</summary>
    public sealed record Accepted : BusSend;

    /// <summary>The same message sent again would be refused again.</summary>
    /// <param name="Condition">AMQP's or Service Bus's, such as <c>amqp:not-found</c>.</param>
    /// <param name="Description">The bus's words: printable, at most 200 characters.</param>
    public sealed record Refused(string Condition, string Description) : BusSend;

    /// <summary>
    /// No answer, or a passing refusal: send it again, with the same message id, since the bus may have it already.
    /// </summary>
    /// <param name="Reason">Short, printable, without secrets.</param>
    /// <param name="NotBefore">How long to wait at least.</param>
    public sealed record NotNow(string Reason, TimeSpan NotBefore) : BusSend;
}
