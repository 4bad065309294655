using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The secrets of the configured channels, and the address of who waits for a sign of life. No record: its text would show them.</summary>
internal sealed class AlertSecrets
{
    private readonly ImmutableDictionary<AlertSecretName, string> _values;

    private AlertSecrets(ImmutableDictionary<AlertSecretName, string> values) => _values = values;

    public static AlertSecrets None { get; } = new(ImmutableDictionary<AlertSecretName, string>.Empty);

    /// <param name="variables">The whole environment.</param>
    /// <param name="problem">What is missing, without any secret; null when all is there.</param>
    public static AlertSecrets? Of(MonitorConfig config, IReadOnlyDictionary<string, string> variables, out string? problem)
    {
        var deadMan = WatchSettings.Secrets(config.DeadManUrl).Select(s => (WatchSettings.DeadMan.Section.Key, s));
        return Of([.. config.Channels.SelectMany(Named), .. deadMan], variables, out problem);
    }

    public static AlertSecrets? Of(IEnumerable<ChannelConfig> channels, IReadOnlyDictionary<string, string> variables, out string? problem) =>
        Of([.. channels.SelectMany(Named)], variables, out problem);

    private static AlertSecrets? Of(ImmutableArray<(string Owner, AlertSecret Secret)> secrets, IReadOnlyDictionary<string, string> variables, out string? problem)
    {
        problem = null;
        var values = ImmutableDictionary.CreateBuilder<AlertSecretName, string>();
        foreach (var (owner, secret) in secrets)
        {
            if (secret.Read(variables, out var wrong) is not { } value)
            {
                problem = $"{owner}.{secret.Setting.Key}: {wrong}";
                return null;
            }

            values[secret.Name] = value;
        }

        return new AlertSecrets(values.ToImmutable());
    }

    private static IEnumerable<(string Owner, AlertSecret Secret)> Named(ChannelConfig channel) => channel.Secrets().Select(s => ($"alerts.channels, {channel.Name}", s));

    /// <summary>For the call that needs it, and nothing else.</summary>
    public string Reveal(AlertSecretName name) => _values[name];

    public Uri Reveal(PostTarget target) => target switch
    {
        PostTarget.Plain plain => plain.Address,
        PostTarget.Secret secret => new Uri(Reveal(secret.Name)),
        _ => throw new InvalidOperationException($"no address in {target}"),
    };

    public override string ToString() => $"({_values.Count} secrets)";
}
