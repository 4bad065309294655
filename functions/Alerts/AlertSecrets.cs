using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The secrets of the configured channels. No record: its text would show them.</summary>
internal sealed class AlertSecrets
{
    private readonly ImmutableDictionary<AlertSecretName, string> _values;

    private AlertSecrets(ImmutableDictionary<AlertSecretName, string> values) => _values = values;

    public static AlertSecrets None { get; } = new(ImmutableDictionary<AlertSecretName, string>.Empty);

    /// <param name="variables">The whole environment.</param>
    /// <param name="problem">What a channel lacks, without any secret; null when all is there.</param>
    public static AlertSecrets? Of(ImmutableArray<ChannelConfig> channels, IReadOnlyDictionary<string, string> variables, out string? problem)
    {
        problem = null;
        var values = ImmutableDictionary.CreateBuilder<AlertSecretName, string>();
        foreach (var (channel, secret) in channels.SelectMany(c => c.Secrets().Select(s => (c, s))))
        {
            if (secret.Read(variables, out var wrong) is not { } value)
            {
                problem = $"alerts.channels, {channel.Name}.{secret.Setting.Key}: {wrong}";
                return null;
            }

            values[secret.Name] = value;
        }

        return new AlertSecrets(values.ToImmutable());
    }

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
