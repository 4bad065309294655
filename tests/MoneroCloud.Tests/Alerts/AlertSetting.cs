using System.Collections.Immutable;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Alerts;

/// <summary>Names and values of the secrets that channels are tried with.</summary>
internal static class AlertSetting
{
    public static AlertSecretName Name(string name) => AlertSecretName.TryParse($"env:{name}", out var parsed) ? parsed : throw new ArgumentException(name);

    /// <summary>All that the channel needs, from these variables.</summary>
    public static AlertSecrets Secrets(ChannelConfig channel, params (string Name, string Value)[] variables) =>
        AlertSecrets.Of([channel], variables.ToImmutableDictionary(v => v.Name, v => v.Value), out var problem) ?? throw new ArgumentException(problem);
}
