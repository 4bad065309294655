namespace MoneroCloud.Core;

/// <summary>How a command to a wallet-rpc ended.</summary>
public abstract record RpcReply
{
    private RpcReply()
    {
    }

    /// <summary>The node answered that it is done.</summary>
    public sealed record Done : RpcReply;

    /// <summary>The node refused.</summary>
    /// <param name="Code">-13 no wallet open, -38 no daemon, -1 anything from a wrong password to a full disk.</param>
    /// <param name="Message">The node's words: printable, at most 120 characters, never with a secret of ours.</param>
    public sealed record Error(int Code, string Message) : RpcReply;

    /// <summary>No JSON-RPC answer came. Whether the command was carried out is not known, unless it was never sent.</summary>
    public sealed record NoAnswer(ApiAnswer Why) : RpcReply;
}
