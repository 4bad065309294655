namespace MoneroCloud.Core;

/// <summary>A card in a channel or chat of Teams, over a workflow.</summary>
internal sealed record TeamsChannel(string Name) : ChannelConfig(Name)
{
    private static readonly Setting UrlKey = new(
        "url",
        AlertSecretName.Shape,
        "The variable that holds the address of the workflow \"Post to a channel when a webhook request is received\". The address is a secret.")
    {
        Required = true,
        Sensitive = true,
    };

    public static ChannelKind Kind { get; } = new("teams", "A card in a channel or a chat of Teams, over a workflow.", [UrlKey], Read);

    public required AlertSecretName Url { get; init; }

    public override IEnumerable<AlertSecret> Secrets() => [new AlertSecret(UrlKey, Url, PostAddress.SecretProblem)];

    private static TeamsChannel? Read(ChannelSection channel) => channel.Secret(UrlKey) is { } url ? new TeamsChannel(channel.Name) { Url = url } : null;
}
