namespace MoneroCloud.Core;

/// <summary>Which certificate is accepted from a node's https address.</summary>
internal abstract record TlsTrust
{
    private TlsTrust()
    {
    }

    /// <summary>One that this machine's roots vouch for; and where the address is http, where it is of no meaning.</summary>
    public sealed record SystemRoots : TlsTrust;

    /// <summary>This very one, whoever signed it.</summary>
    /// <param name="Sha256">Of the certificate's DER form: 64 capital hexadecimal digits.</param>
    public sealed record Fingerprint(string Sha256) : TlsTrust;

    /// <summary>One that a certificate of this file vouches for.</summary>
    /// <param name="Path">A PEM file, absolute.</param>
    public sealed record CaFile(string Path) : TlsTrust;
}
