namespace MoneroCloud.Core;

/// <summary>Why a signed message is not taken. For counting; the words are in <see cref="JwsResult.Refused"/>.</summary>
public enum JwsRefusal
{
    /// <summary>Longer than <see cref="Jws.MaxLength"/>; nothing of it was read.</summary>
    TooLarge,

    /// <summary>Not a compact JWS as we write it: parts, base64url, the header's members.</summary>
    Malformed,

    /// <summary>Anything but ES256, <c>none</c> among it.</summary>
    WrongAlgorithm,

    /// <summary>A message of another kind than the one awaited.</summary>
    WrongType,

    /// <summary>Signed with a key that is not among those given.</summary>
    UnknownKey,

    /// <summary>The key is known and the signature is not its own.</summary>
    BadSignature,
}
