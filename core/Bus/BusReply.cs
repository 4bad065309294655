using Amqp;

namespace MoneroCloud.Core;

/// <summary>How a request over a pair of links ended.</summary>
internal abstract record BusReply
{
    private BusReply()
    {
    }

    public sealed record Done(Message Message) : BusReply;

    public sealed record Failed(BusFault Fault) : BusReply;
}
