namespace MoneroCloud.Core;

/// <summary>An http or https address that is a secret itself. Its text does not show it, so it cannot slip into a log.</summary>
internal sealed class SecretUrl
{
    private readonly Uri _url;

    private SecretUrl(Uri url) => _url = url;

    public static SecretUrl? TryParse(string text) =>
        text.Length <= 2_000 && WatchTextPatterns.Url.Match(text) is { Success: true } match && match.Length == text.Length
        && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.HostNameType is not (UriHostNameType.Unknown or UriHostNameType.Basic)
            ? new SecretUrl(url)
            : null;

    /// <summary>The address itself; for requests, nothing else.</summary>
    public Uri Reveal() => _url;

    public override string ToString() => "an address that is not shown";
}
