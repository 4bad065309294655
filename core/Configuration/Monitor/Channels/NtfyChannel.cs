namespace MoneroCloud.Core;

/// <summary>A push message over ntfy.sh or a server of the operator's own.</summary>
internal sealed record NtfyChannel(string Name) : ChannelConfig(Name)
{
    private const int LongestTopic = 64;

    private static readonly Setting UrlKey = new(
        "url",
        PostTarget.Shape,
        "The topic's address, such as https://ntfy.sh/TOPIC. Whoever knows a topic without access control reads along: then it stands in a variable.")
    {
        Required = true,
        Sensitive = true,
    };

    private static readonly Setting TokenKey = new("token", AlertSecretName.Shape, "The variable that holds an access token.")
    {
        Sensitive = true,
        DefaultInWords = "no token",
    };

    private static readonly Setting TlsKey = TlsSettings.Group("for an https server with a certificate of its own");

    public static ChannelKind Kind { get; } = new("ntfy", "A push message over ntfy.sh or an ntfy server of your own.", [UrlKey, TokenKey, TlsKey], Read);

    /// <summary>Ends with the topic.</summary>
    public required PostTarget Url { get; init; }

    public AlertSecretName? Token { get; init; }

    public TlsTrust Trust { get; init; } = new TlsTrust.SystemRoots();

    public override IEnumerable<AlertSecret> Secrets()
    {
        if (Url is PostTarget.Secret url)
        {
            yield return new AlertSecret(UrlKey, url.Name, value => PostAddress.SecretProblem(value) ?? TopicProblem(new Uri(value)));
        }

        if (Token is { } token)
        {
            yield return new AlertSecret(TokenKey, token, ChannelSettings.TokenProblem);
        }
    }

    private static NtfyChannel? Read(ChannelSection channel)
    {
        var (url, token, trust) = (channel.Target(UrlKey), channel.Secret(TokenKey), TlsSettings.Read(channel.Section, TlsKey, channel.Folder));
        if (url is PostTarget.Plain plain && TopicProblem(plain.Address) is { } problem)
        {
            channel.Section.RefuseUnshown(UrlKey, problem);
            return null;
        }

        return url is null || trust is null ? null : new NtfyChannel(channel.Name) { Url = url, Token = token, Trust = trust };
    }

    private static string? TopicProblem(Uri address) =>
        address.Query.Length == 0 && address.AbsolutePath.Length - 1 is > 0 and <= LongestTopic && address.AbsolutePath[1..].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? null
            : $"does not end with a topic: 1 to {LongestTopic} letters, digits, '-' and '_' after the host";
}
