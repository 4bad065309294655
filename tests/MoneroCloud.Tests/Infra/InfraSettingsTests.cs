using System.Reflection;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Every app setting is read by somebody, and nobody lacks one.</summary>
public sealed class InfraSettingsTests
{
    /// <summary>Those of the Functions host, which the program never sees.</summary>
    private static readonly Dictionary<string, string> Hosts = new()
    {
        ["AzureWebJobsStorage__credential"] = "the host: the account by a managed identity",
        ["ServiceBus__credential"] = "the host: the triggers' connection by a managed identity",
    };

    /// <summary>The program's, by the constants that it reads them with.</summary>
    private static readonly string[] Programs =
    [
        Names.ProbeScheduleSetting, Names.SweepScheduleSetting, Names.EasyAuthSetting, Names.SigningKeySetting, Names.OperatorKeySetting, Names.ViewerKeySetting,
        Names.InsightsSetting, Names.InsightsLoginSetting,
        $"{Names.StorageSetting}__accountName", $"{Names.StorageSetting}__clientId",
        $"{Names.ServiceBusSetting}__fullyQualifiedNamespace", $"{Names.ServiceBusSetting}__clientId",
    ];

    /// <summary>Of SECRET_SETTINGS in this evaluation.</summary>
    private static readonly string[] Chosen = ["ALERT_TEAMS_URL", "NODE_LOGIN_MAIN", Names.OtherSigningKeySetting, Names.OldOperatorKeySetting, Names.OldViewerKeySetting];

    [Fact]
    public async Task Each_setting_is_read_and_each_that_is_read_is_set()
    {
        var settings = (await EvaluatedInfra.GetAsync()).Settings();
        Assert.Equal(Hosts.Keys.Concat(Programs).Concat(Chosen).Order(StringComparer.Ordinal), settings.Keys.Order(StringComparer.Ordinal));
        var constants = typeof(Names).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral && f.Name.EndsWith("Setting", StringComparison.Ordinal)).Select(f => (string)f.GetRawConstantValue()!).ToArray();
        Assert.True(constants.Length >= 8);
        Assert.All(constants, name => Assert.Contains(settings.Keys, key => key == name || key.StartsWith(name + "__", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_secret_is_a_reference_to_the_vault_and_to_the_secret_that_the_hook_makes()
    {
        var infra = await EvaluatedInfra.GetAsync();
        var vault = infra.Names("Microsoft.KeyVault/vaults").Single();
        var hook = File.ReadAllText(GeneratedFile.At("infra/hooks/postprovision.sh"));
        foreach (var name in Chosen.Append(Names.SigningKeySetting).Append(Names.OperatorKeySetting).Append(Names.ViewerKeySetting))
        {
            var secret = name.ToLowerInvariant().Replace('_', '-');
            Assert.Equal($"@Microsoft.KeyVault(VaultName={vault};SecretName={secret})", infra.Settings()[name]);
            Assert.True(Chosen.Contains(name) || hook.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_program_is_composed_from_exactly_these_and_says_which_one_is_missing()
    {
        var settings = await ResolvedAsync();
        var ready = Assert.IsType<SideResult.Ready>(Compose(settings));
        Assert.Equal([ApiRole.Operator, ApiRole.Operator, ApiRole.Viewer, ApiRole.Viewer], ready.Side.ApiKeys.All.Select(k => k.Role));
        Assert.Equal(2, ready.Side.Keys.PublicJwks.Length);
        foreach (var name in new[] { Names.SigningKeySetting, $"{Names.StorageSetting}__accountName" })
        {
            var refused = Assert.IsType<SideResult.Refused>(Compose(settings.Where(s => s.Key != name)));
            Assert.Contains(name, refused.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("MONITOR_SIGNING_KEY")]
    [InlineData("MONITOR_SIGNING_KEY_OTHER")]
    [InlineData("OPERATOR_KEY")]
    [InlineData("OPERATOR_KEY_OLD")]
    [InlineData("VIEWER_KEY")]
    [InlineData("VIEWER_KEY_OLD")]
    public async Task A_reference_that_was_not_resolved_is_never_taken_for_a_key(string name)
    {
        var settings = await ResolvedAsync();
        settings[name] = (await EvaluatedInfra.GetAsync()).Settings()[name];
        var refused = Assert.IsType<SideResult.Refused>(Compose(settings));
        Assert.StartsWith($"{name} is a reference to the key vault that the platform could not resolve", refused.Error, StringComparison.Ordinal);
    }

    private static SideResult Compose(IEnumerable<KeyValuePair<string, string>> settings) => HandlerSide.Compose(new AppSettings(settings), new FakeTimeProvider());

    /// <summary>The settings as the platform hands them over.</summary>
    private static async Task<Dictionary<string, string>> ResolvedAsync()
    {
        var settings = (await EvaluatedInfra.GetAsync()).Settings();
        foreach (var (name, number) in settings.Keys.Where(k => settings[k].StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select((k, i) => (k, i)).ToArray())
        {
            using var key = SigningKey.Create();
            settings[name] = name.StartsWith(Names.SigningKeySetting, StringComparison.Ordinal) ? key.ExportPem() : new string((char)('a' + number), 43);
        }

        foreach (var name in settings.Keys.Where(k => k.EndsWith("__clientId", StringComparison.Ordinal)).ToArray())
        {
            settings[name] = "33333333-3333-3333-3333-333333333333";
        }

        return settings;
    }
}
