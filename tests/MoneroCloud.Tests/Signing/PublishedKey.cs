namespace MoneroCloud.Tests;

/// <summary>The key and the message of RFC 7515, appendix A.3. Its private half is printed there: no secret.</summary>
internal static class PublishedKey
{
    public const string Jwk =
        """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    /// <summary>The same as PKCS#8, written by OpenSSL.</summary>
    public const string Pem =
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjpsQnnGQmL+YBIff
        H1136cspYG6+0iY7X1fCE9+E9LKhRANCAAR/zc4ncPbEXUGDy+5v20t7WAczNXvp
        7xO6z248e9FURcfxRM0bvZt+hyzf7bnuufSzaV1uqQskrYpGIyiFiOWt
        -----END PRIVATE KEY-----
        """;

    /// <summary>Computed with Python's hashlib.</summary>
    public const string Thumbprint = "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U";

    public const string Signed =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    public const string Signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    /// <summary>An mc-order in our form with the payload <c>{"verb":"restart"}</c>, signed by Python's cryptography 48.</summary>
    public const string Order =
        "eyJhbGciOiJFUzI1NiIsImtpZCI6Im9LSXl3dkdVcFRWVHl4TVEzYndJSWVRVXVkZnJfQ2tMTWpDRTE5RUNELVUiLCJ0eXAiOiJtYy1vcmRlciJ9."
        + "eyJ2ZXJiIjoicmVzdGFydCJ9."
        + "3xbgWFCPnfr4nVy01F_5A7ZxlFA89vqVCqRr5_a7eRn_vKKOfMQyaf1CParYGxpaFmVSZ3aSde92knKAmlKXbw";
}
