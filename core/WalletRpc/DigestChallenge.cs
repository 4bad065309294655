namespace MoneroCloud.Core;

/// <summary>Reads from a 401 whether only the nonce had aged: wallet-rpc binds it to the connection.</summary>
internal static class DigestChallenge
{
    public static bool IsStale(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var challenges))
        {
            return false;
        }

        foreach (var challenge in challenges)
        {
            if (challenge.Contains("stale=true", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
