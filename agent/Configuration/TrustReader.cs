using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Reads which certificate is accepted from a node: <c>tlsFingerprint</c>, <c>tlsCaFile</c>, or what this machine's roots vouch for.</summary>
/// <param name="section">The node.</param>
/// <param name="speaksTls">The RPC is asked by TLS.</param>
/// <param name="by">Where that is said.</param>
/// <param name="byWords">And how.</param>
/// <param name="where">Where, in words that follow; empty where the key says it.</param>
internal sealed class TrustReader(ConfigSection section, bool speaksTls, Setting by, string byWords, string where, string configFolder)
{
    private static readonly Setting[] Both = [NodeSettings.TlsFingerprint, NodeSettings.TlsCaFile];

    public TlsTrust Read()
    {
        var given = Both.Where(section.Has).ToArray();
        if (given.Length == 0)
        {
            WarnOfOwnCertificate();
            return new TlsTrust.SystemRoots();
        }

        if (!speaksTls)
        {
            section.RefuseUnshown(given[0], $"goes with {byWords}{where}: without it the RPC is asked without TLS");
        }

        if (given.Length > 1)
        {
            section.RefuseUnshown(NodeSettings.TlsCaFile, $"cannot be combined with {NodeSettings.TlsFingerprint.Key}: keep one");
        }

        return (section.Text(NodeSettings.TlsFingerprint), section.Text(NodeSettings.TlsCaFile)) switch
        {
            ({ } fingerprint, _) => CertificateSettings.Fingerprint(fingerprint),
            (_, { } file) => CaFile(file),
            _ => new TlsTrust.SystemRoots(),
        };
    }

    private TlsTrust CaFile(string file)
    {
        var path = Path.GetFullPath(file, configFolder);
        var trust = CertificateSettings.CaFile(path, out var problem);
        if (problem is not null)
        {
            section.RefuseUnshown(NodeSettings.TlsCaFile, $"{path} {problem}");
        }

        return (TlsTrust?)trust ?? new TlsTrust.SystemRoots();
    }

    /// <summary>Hardly a root of this machine vouches for a certificate that names a loopback address.</summary>
    private void WarnOfOwnCertificate()
    {
        if (speaksTls)
        {
            section.Warn(
                by,
                $"{byWords} without {NodeSettings.TlsFingerprint.Key} or {NodeSettings.TlsCaFile.Key}: only a certificate is accepted "
                    + "that this machine's roots vouch for and that names the address; any other is a BadAnswer");
        }
    }
}
