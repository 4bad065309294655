namespace MoneroCloud.Core;

/// <summary>JSON to a program of the operator's own.</summary>
internal sealed record WebhookChannel(string Name) : ChannelConfig(Name)
{
    private static readonly Setting UrlKey = new("url", PostTarget.Shape, "Where it is posted to; one that is a secret stands in a variable.")
    {
        Required = true,
        Sensitive = true,
    };

    private static readonly Setting KeyKey = new(
        "key",
        AlertSecretName.Shape,
        $"The variable that holds the key of the signature, at least {ChannelSettings.ShortestKey} characters.")
    {
        Sensitive = true,
        DefaultInWords = "no signature",
    };

    private static readonly Setting TlsKey = TlsSettings.Group("for an https server with a certificate of its own");

    public static ChannelKind Kind { get; } = new("webhook", "JSON to a program of your own, signed; its schema is docs/webhook.schema.json.", [UrlKey, KeyKey, TlsKey], Read);

    public required PostTarget Url { get; init; }

    /// <summary>Null: nothing is signed.</summary>
    public AlertSecretName? Key { get; init; }

    public TlsTrust Trust { get; init; } = new TlsTrust.SystemRoots();

    public override IEnumerable<AlertSecret> Secrets()
    {
        if (Url is PostTarget.Secret url)
        {
            yield return new AlertSecret(UrlKey, url.Name, PostAddress.SecretProblem);
        }

        if (Key is { } key)
        {
            yield return new AlertSecret(KeyKey, key, ChannelSettings.KeyProblem);
        }
    }

    private static WebhookChannel? Read(ChannelSection channel)
    {
        var (url, key, trust) = (channel.Target(UrlKey), channel.Secret(KeyKey), TlsSettings.Read(channel.Section, TlsKey, channel.Folder));
        return url is null || trust is null ? null : new WebhookChannel(channel.Name) { Url = url, Key = key, Trust = trust };
    }
}
