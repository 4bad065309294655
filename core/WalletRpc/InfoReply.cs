namespace MoneroCloud.Core;

/// <summary>How <c>get_info</c> of a daemon ended.</summary>
public abstract record InfoReply
{
    private InfoReply()
    {
    }

    public sealed record Answered(ChainAnswer.Told Chain) : InfoReply;

    public sealed record NoAnswer(ApiAnswer Why) : InfoReply;
}
