using System.Text.Json;
using System.Text.RegularExpressions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The compiled template itself: no finding, every parameter described and bounded, no secret in sight.</summary>
public sealed partial class InfraTemplateTests
{
    private static readonly Lazy<Task<(IReadOnlyList<string> Findings, JsonElement Template)>> Compiled = new(() => CompileAsync(GeneratedFile.At("infra")));

    [Fact]
    public async Task It_builds_without_a_finding_and_a_planted_mistake_is_found()
    {
        Assert.Empty((await Compiled.Value).Findings);

        var folder = Path.Combine(TestRun.NewFolder("infra"), "infra");
        Directory.CreateDirectory(Path.Combine(folder, "modules"));
        foreach (var file in Directory.EnumerateFiles(GeneratedFile.At("infra"), "*.bicep*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(folder, Path.GetRelativePath(GeneratedFile.At("infra"), file)));
        }

        var vault = Path.Combine(folder, "modules/vault.bicep");
        File.WriteAllText(vault, File.ReadAllText(vault).Replace("enablePurgeProtection:", "enablePurgeProtect:", StringComparison.Ordinal));
        var findings = (await CompileAsync(folder)).Findings;
        Assert.StartsWith("BCP037: The property \"enablePurgeProtect\" is not allowed", Assert.Single(findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_parameter_of_every_module_is_described_and_bounded()
    {
        var parameters = Templates((await Compiled.Value).Template).SelectMany(Parameters).ToArray();
        Assert.True(parameters.Length > 60, $"{parameters.Length} parameters");
        Assert.Empty(parameters.Where(p => Unbounded(p.Value)).Select(p => p.Name));

        // The control.
        using var bare = JsonDocument.Parse("""{ "a": { "type": "string", "metadata": { "description": "x" } }, "b": { "type": "int", "minValue": 1, "metadata": { "description": "x" } }, "c": { "type": "bool" } }""");
        Assert.All(bare.RootElement.EnumerateObject(), p => Assert.True(Unbounded(p.Value), p.Name));
    }

    [Fact]
    public async Task No_secret_passes_through_it()
    {
        var template = (await Compiled.Value).Template;
        Assert.Empty(Secrets(template.GetRawText()));
        Assert.Equal(
            [
                "AZURE_FUNCTION_NAME", "AZURE_KEY_VAULT_NAME", "AZURE_LOCATION", "AZURE_RESOURCE_GROUP", "AZURE_TENANT_ID", "COMMUNICATION_ENDPOINT",
                "EMAIL_SENDER", "MONITOR_CLIENT_ID", "MONITOR_URL", "SERVICEBUS_NAMESPACE",
            ],
            template.GetProperty("outputs").EnumerateObject().Select(o => o.Name).Order(StringComparer.Ordinal));
        Assert.NotEmpty(Secrets("""{ "value": "[listKeys(resourceId('x'), '2024-01-01').primaryKey]" }"""));
        Assert.Single(Secrets("""{ "type": "securestring" }"""));
    }

    [Fact]
    public async Task Parameters_defaults_bounds_and_documents_agree()
    {
        var parameters = (await Compiled.Value).Template.GetProperty("parameters");
        using var file = JsonDocument.Parse(File.ReadAllBytes(GeneratedFile.At("infra/main.parameters.json")));
        var given = file.RootElement.GetProperty("parameters").EnumerateObject().ToDictionary(p => p.Name, p => Variable().Match(p.Value.GetProperty("value").GetString()!));
        Assert.Equal(parameters.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal), given.Keys.Order(StringComparer.Ordinal));
        Assert.All(given, g => Assert.True(g.Value.Success, g.Key));
        foreach (var (name, match) in given.Where(g => g.Value.Groups["default"].Success))
        {
            Assert.Equal($"{parameters.GetProperty(name).GetProperty("defaultValue")}", match.Groups["default"].Value, ignoreCase: true);
        }

        var hook = File.ReadAllText(GeneratedFile.At("infra/hooks/preprovision.sh"));
        foreach (var (name, match) in given.Where(g => parameters.GetProperty(g.Key).TryGetProperty("minValue", out _)))
        {
            var bounds = parameters.GetProperty(name);
            Assert.Contains($"check_number {match.Groups["name"]} {bounds.GetProperty("minValue")} {bounds.GetProperty("maxValue")}\n", hook, StringComparison.Ordinal);
        }

        var documented = SettingRow().Matches(File.ReadAllText(GeneratedFile.At("docs/deploy.md"))).Select(m => m.Groups["name"].Value);
        var azds = new[] { "AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_PRINCIPAL_ID", "AZURE_PRINCIPAL_TYPE" };
        Assert.Equal(given.Values.Select(m => m.Groups["name"].Value).Except(azds).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    private static async Task<(IReadOnlyList<string> Findings, JsonElement Template)> CompileAsync(string folder)
    {
        var output = Path.Combine(TestRun.NewFolder("arm"), "main.json");
        var findings = await BicepCli.BuildAsync(folder, output, CancellationToken.None);
        using var template = JsonDocument.Parse(File.ReadAllBytes(output));
        return (findings, template.RootElement.Clone());
    }

    private static IEnumerable<JsonElement> Templates(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        var all = resources.ValueKind is JsonValueKind.Object ? resources.EnumerateObject().Select(r => r.Value) : resources.EnumerateArray();
        return all.Where(r => r.GetProperty("type").GetString() == "Microsoft.Resources/deployments")
            .SelectMany(r => Templates(r.GetProperty("properties").GetProperty("template")))
            .Prepend(template);
    }

    private static IEnumerable<JsonProperty> Parameters(JsonElement template) => template.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateObject() : [];

    private static bool Unbounded(JsonElement parameter) =>
        !parameter.TryGetProperty("metadata", out var metadata) || !metadata.TryGetProperty("description", out var text) || text.GetString()!.Length < 3
        || (parameter.GetProperty("type").GetString() switch
        {
            "bool" or "object" => false,
            _ when parameter.TryGetProperty("allowedValues", out _) => false,
            "int" => !parameter.TryGetProperty("minValue", out _) || !parameter.TryGetProperty("maxValue", out _),
            _ => !parameter.TryGetProperty("maxLength", out _),
        });

    private static IEnumerable<string> Secrets(string text) => SecretWord().Matches(text).Select(m => m.Value);

    [GeneratedRegex(@"list[A-Z]\w*\(|newGuid\(|securestring|secureobject|primaryKey|ConnectionString'\s*,", RegexOptions.IgnoreCase)]
    private static partial Regex SecretWord();

    [GeneratedRegex(@"^\$\{(?<name>[A-Z_]+)(=(?<default>.*))?\}$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\| `(?<name>[A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();
}
