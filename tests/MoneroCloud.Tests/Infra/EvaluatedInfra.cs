using System.Collections.Immutable;
using System.Text.Json;

namespace MoneroCloud.Tests;

/// <summary>What <c>azd provision</c> would make with two agents and everything that is optional, evaluated once for all tests.</summary>
internal sealed class EvaluatedInfra(ImmutableArray<JsonElement> resources)
{
    public const string Deployer = "11111111-1111-1111-1111-111111111111";

    private const string Parameters =
        $"""
        param environmentName = 'test'
        param location = 'northeurope'
        param principalId = '{Deployer}'
        param agentIds = 'host-1, host-2'
        param vaultSettings = 'ALERT_TEAMS_URL,NODE_LOGIN_MAIN, MONITOR_SIGNING_KEY_OTHER,OPERATOR_KEY_OLD,VIEWER_KEY_OLD'
        param alertEmails = 'ops@example.org'
        param emailEnabled = true
        param vnetEnabled = true
        param authClientId = '22222222-2222-2222-2222-222222222222'
        """;

    private static readonly Lazy<Task<EvaluatedInfra>> One = new(async () =>
        new EvaluatedInfra([.. await BicepCli.PredictAsync(GeneratedFile.At("infra"), Parameters, CancellationToken.None)]));

    public ImmutableArray<JsonElement> Resources { get; } = resources;

    public static Task<EvaluatedInfra> GetAsync() => One.Value;

    public static string Text(JsonElement resource, string property) => resource.GetProperty(property).GetString()!;

    /// <summary>All of one type.</summary>
    public IEnumerable<JsonElement> Of(string type) => Resources.Where(r => Text(r, "type").Equals(type, StringComparison.OrdinalIgnoreCase));

    /// <summary>The last parts of the names of one type, in order.</summary>
    public IEnumerable<string> Names(string type) => Of(type).Select(r => Text(r, "name").Split('/')[^1]).Order(StringComparer.Ordinal);

    /// <summary>The app's settings.</summary>
    public Dictionary<string, string> Settings() => Of("Microsoft.Web/sites/config")
        .Single(c => Text(c, "name").EndsWith("/appsettings", StringComparison.Ordinal))
        .GetProperty("properties").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
}
