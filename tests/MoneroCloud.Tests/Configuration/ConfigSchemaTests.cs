using System.Text.Json;
using MoneroCloud.Agent;
using NJsonSchema;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What a schema can say, it says as the reader does.</summary>
public sealed class ConfigSchemaTests
{
    private static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromJsonAsync(ConfigSchema.Text()));

    private readonly ConfigFolder _folder = new();

    [Theory]
    [InlineData("", true)]
    [InlineData("\"agent\": \"a-1\"", true)]
    [InlineData("\"$schema\": \"agent.schema.json\"", true)]
    [InlineData("\"agent\": \"A\"", false)]
    [InlineData("\"agent\": \"\"", false)]
    [InlineData("\"agent\": 1", false)]
    [InlineData("\"agent\": null", false)]
    [InlineData("\"agnet\": \"a\"", false)]
    [InlineData("\"stateFolder\": \"\"", false)]
    [InlineData("\"health\": { \"fail\": 10 }", true)]
    [InlineData("\"health\": { \"fail\": 11 }", false)]
    [InlineData("\"health\": { \"fail\": 0 }", false)]
    [InlineData("\"health\": { \"fail\": \"2\" }", false)]
    [InlineData("\"health\": { \"fails\": 2 }", false)]
    [InlineData("\"health\": []", false)]
    [InlineData("\"checks\": { \"period\": \"20s\" }", true)]
    [InlineData("\"checks\": { \"period\": \"20\" }", false)]
    [InlineData("\"checks\": { \"period\": \"20 s\" }", false)]
    [InlineData("\"checks\": { \"period\": 20 }", false)]
    [InlineData("\"diagnosis\": { \"diskLowShare\": 0.5 }", true)]
    [InlineData("\"diagnosis\": { \"diskLowShare\": 1.5 }", false)]
    public Task A_member_of_the_file_is_judged_alike(string member, bool valid) =>
        BothSay(valid, $$"""{ "nodes": [{{ConfigFolder.Daemon}}]{{(member.Length == 0 ? "" : ", ")}}{{member}} }""");

    [Theory]
    [InlineData("\"port\": 1", true)]
    [InlineData("\"port\": 0", false)]
    [InlineData("\"port\": 65536", false)]
    [InlineData("\"port\": \"1\"", false)]
    [InlineData("\"available\": true", false)]
    [InlineData("\"port\": 1, \"available\": 1", false)]
    [InlineData("\"port\": 1, \"arguments\": [\"--offline\", \"\"]", true)]
    [InlineData("\"port\": 1, \"arguments\": []", false)]
    [InlineData("\"port\": 1, \"arguments\": [1]", false)]
    [InlineData("\"port\": 1, \"arguments\": \"--offline\"", false)]
    [InlineData("\"port\": 1, \"login\": \"file:secrets/login\"", true)]
    [InlineData("\"port\": 1, \"login\": \"a:b\"", false)]
    [InlineData("\"port\": 1, \"login\": \"env:A-B\"", false)]
    [InlineData("\"port\": 1, \"wallet\": { \"file\": \"a/b\", \"password\": \"file:x\" }", false)]
    [InlineData("\"port\": 1, \"wallet\": { \"file\": \"a.keys\", \"password\": \"file:x\" }", false)]
    [InlineData("\"port\": 1, \"labels\": { \"tier\": \"hot\" }", true)]
    [InlineData("\"port\": 1, \"labels\": { \"a b\": \"\" }", false)]
    [InlineData("\"port\": 1, \"labels\": { \"a\": \"x\\ny\" }", false)]
    [InlineData("\"port\": 1, \"environment\": { \"HOME\": \"/srv\" }", true)]
    [InlineData("\"port\": 1, \"environment\": { \"1\": \"\" }", false)]
    [InlineData("\"port\": 1, \"stopBudget\": \"1m\"", true)]
    [InlineData("\"port\": 1, \"stopBudget\": \"fast\"", false)]
    public Task A_member_of_a_node_is_judged_alike(string members, bool valid) =>
        BothSay(valid, $$"""{ "nodes": [{ "name": "d", "kind": "daemon", {{members}} }] }""");

    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"nodes\": [] }")]
    [InlineData("{ \"nodes\": [5] }")]
    [InlineData("{ \"nodes\": [{ \"name\": \"d\", \"kind\": \"miner\", \"port\": 1 }] }")]
    [InlineData("{ \"nodes\": [{ \"kind\": \"daemon\", \"port\": 1 }] }")]
    [InlineData("[]")]
    public Task A_file_of_another_shape_is_refused_by_both(string json) => BothSay(false, json);

    [Fact]
    public void The_schema_names_its_dialect_and_describes_every_setting()
    {
        using var schema = JsonDocument.Parse(ConfigSchema.Text());

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
        Assert.All(Properties(schema.RootElement), p => Assert.NotEmpty(p.GetProperty("description").GetString()!));
        Assert.True(Properties(schema.RootElement).Count() > 40);
    }

    private async Task BothSay(bool valid, string json)
    {
        var schema = await Schema.Value;

        Assert.Equal((valid, valid), (_folder.Read(json) is ConfigResult.Ok, schema.Validate(json).Count == 0));
    }

    private static IEnumerable<JsonElement> Properties(JsonElement schema)
    {
        var properties = schema.TryGetProperty("properties", out var own) ? own.EnumerateObject().Select(p => p.Value) : [];
        var items = schema.TryGetProperty("items", out var item) ? Properties(item) : [];
        return [.. properties.SelectMany(p => Properties(p).Prepend(p)), .. items];
    }
}
