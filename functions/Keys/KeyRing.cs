using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>All that the standalone monitor keeps secret. Not a record: its text shows nothing.</summary>
internal sealed class KeyRing(SigningKey signing, string operatorKey, string viewerKey, string busSecret)
{
    public SigningKey Signing => signing;

    public string OperatorKey => operatorKey;

    public string ViewerKey => viewerKey;

    /// <summary>From which every agent's password for the bus is derived, so that none has to be kept.</summary>
    public string BusSecret => busSecret;
}
