namespace MoneroCloud.Core;

/// <summary>What came of <see cref="Jws.Verify"/>.</summary>
public abstract record JwsResult
{
    private JwsResult()
    {
    }

    /// <summary>Signed by the key <paramref name="Kid"/>, and of the type awaited.</summary>
    /// <param name="Payload">The bytes that were signed; not yet parsed by anyone.</param>
    /// <param name="Kid">The <see cref="VerifyingKey.Thumbprint"/> of one of the keys given.</param>
    public sealed record Valid(ReadOnlyMemory<byte> Payload, string Kid) : JwsResult;

    /// <param name="Kind">For counting.</param>
    /// <param name="Reason">For the operator, without anything the sender could choose freely.</param>
    public sealed record Refused(JwsRefusal Kind, string Reason) : JwsResult;
}
