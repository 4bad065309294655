namespace MoneroCloud.Core;

/// <summary>A compact JWS, split and decoded and nothing more: none of it is trusted.</summary>
internal readonly ref struct JwsParts
{
    private JwsParts(ReadOnlySpan<byte> signed, byte[] header, byte[] payload, byte[] signature)
    {
        Signed = signed;
        Header = header;
        Payload = payload;
        Signature = signature;
    }

    /// <summary>What the signature is over: the first two parts as they came, with the dot between them.</summary>
    public ReadOnlySpan<byte> Signed { get; }

    public byte[] Header { get; }

    public byte[] Payload { get; }

    public byte[] Signature { get; }

    /// <summary>Exactly three parts, each strict base64url and not empty.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> compact, out JwsParts parts)
    {
        parts = default;
        var first = compact.IndexOf((byte)'.');
        var last = compact.LastIndexOf((byte)'.');
        if (first < 0
            || !StrictBase64Url.TryDecode(compact[..first], out var header)
            || last == first
            || !StrictBase64Url.TryDecode(compact[(first + 1)..last], out var payload)
            || !StrictBase64Url.TryDecode(compact[(last + 1)..], out var signature))
        {
            return false;
        }

        parts = new JwsParts(compact[..last], header, payload, signature);
        return true;
    }
}
