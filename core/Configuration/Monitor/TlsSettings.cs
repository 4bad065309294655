namespace MoneroCloud.Core;

/// <summary>The group <c>tls</c> of monitor.json: which certificate is accepted.</summary>
internal static class TlsSettings
{
    public static Setting Fingerprint { get; } = new(
        "fingerprint",
        CertificateSettings.FingerprintShape,
        "Accept this very certificate, whoever signed it. `openssl x509 -in FILE -noout -fingerprint -sha256` shows it.");

    public static Setting CaFile { get; } = new("caFile", new ValueShape.Text(), "Accept what a certificate of this PEM file vouches for.");

    /// <param name="when">When it is of meaning, to stand in the description.</param>
    public static Setting Group(string when) => new(
        "tls",
        new ValueShape.Group([Fingerprint, CaFile]) { OneOnly = true },
        $"Which certificate is accepted, {when}; exactly one of the two.")
    {
        DefaultInWords = "one that the machine's roots vouch for",
    };

    /// <param name="group">Made by <see cref="Group"/>.</param>
    /// <param name="folder">Relative paths are relative to it.</param>
    /// <returns>Null when something was refused.</returns>
    public static TlsTrust? Read(ConfigSection section, Setting group, string folder)
    {
        if (!section.Has(group))
        {
            return new TlsTrust.SystemRoots();
        }

        var tls = section.Group(group);
        var fingerprint = tls?.Text(Fingerprint);
        return fingerprint is not null
            ? CertificateSettings.Fingerprint(fingerprint)
            : tls?.Text(CaFile) is { } file ? ReadCaFile(tls, Path.GetFullPath(file, folder)) : null;
    }

    private static TlsTrust.CaFile? ReadCaFile(ConfigSection tls, string path)
    {
        var trust = CertificateSettings.CaFile(path, out var problem);
        if (problem is not null)
        {
            tls.RefuseUnshown(CaFile, $"{path} {problem}");
        }

        return trust;
    }
}
