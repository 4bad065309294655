using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MoneroCloud.Core;
using NJsonSchema;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What a schema can say, it says as the reader does.</summary>
public sealed class MonitorSchemaTests
{
    /// <summary>What may stand somewhere in the file by mistake.</summary>
    private static readonly string[] Values =
    [
        "null", "0", "1", "-1", "2.5", "300", "true", "false", "[]", "{}", "[5]", "\"\"", "\"x\"", "\"5s\"", "\"5 s\"", "\"daemon\"", "\"log\"", "\"http://h:1\"", "\"http://u:p@h\"",
        "\"https://h\"", "\"127.0.0.1:80\"", "\"127.0.0.1\"", "\"NODE_LOGIN_X\"", "\"env:ALERT_X\"", "[\"a@b\"]", "\"smtp\"", "\"none\"", "\"ntfy\"", "\"NODE_LOGIN_x\"", "{ \"a\": \"b\" }", "{ \"probeUrl\": \"http://h\" }",
        "[{ \"name\": \"a\", \"kind\": \"log\" }]", "{ \"fingerprint\": \"00\" }", "\"amqp://h\"", "\"never\"", "\"low\"", "[\"log\"]", "[\"Hung\"]", "[{ \"channels\": [\"log\"] }]", "{ \"Hung\": \"low\" }", "[\"tcp://h:1\"]",
    ];

    private static readonly string[] Keys =
        ["x", "kind", "probeUrl", "tls", "wallet", "labels", "available", "loginSecret", "remote.a", "a.b", "monitor.a", "remote", "data", "listen", "channels", "url", "to", "host", "perMinute", "report", "fail", "$schema", "a b",
        "routes", "match", "severities", "kinds", "conditions", "remind", "fallback", "targets"];

    private static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromJsonAsync(MonitorSchema.Text()));

    /// <summary>What the reader says and no schema can: how values go together, and what the machine holds.</summary>
    private static readonly string[] BeyondSchema =
    [
        " is out of range, ", " is more than ", " is less than ", " is taken by ", "already the name", "has no wallet", "goes with an https address", "is not an address: ",
        "goes with a server on this machine", "goes with starttls or tls", "in the list twice", "end with a topic",
        "is not the name of a channel", "is given twice", "and a port from 1 to 65535", "cannot be reached", "is not a folder", "is a folder", "in PEM form",
    ];

    private readonly MonitorFolder _folder = new();

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{ "$schema": "x", "nodes": {} }""", true)]
    [InlineData("""{ "nodes": { "remote.a": { "kind": "daemon", "probeUrl": "http://h:1" } } }""", true)]
    [InlineData("""{ "nodes": { "remote.a": { "probeUrl": "http://h:1" } } }""", false)]
    [InlineData("""{ "nodes": { "a.b": { "probeUrl": "http://h:1" } } }""", true)]
    [InlineData("""{ "nodes": { "a.b": { "probeUrl": "http://h:1", "kind": "daemon" } } }""", false)]
    [InlineData("""{ "nodes": { "monitor.b": { "probeUrl": "http://h:1" } } }""", false)]
    [InlineData("""{ "nodes": { "a.b": {} } }""", false)]
    [InlineData("""{ "nodes": { "a.b": { "probeUrl": "http://u:p@h:1" } } }""", false)]
    [InlineData("""{ "nodes": { "a.b": { "probeUrl": "https://h", "tls": {} } } }""", false)]
    [InlineData("""{ "nodes": { "a.b": { "probeUrl": "https://h", "loginSecret": "env:X" } } }""", false)]
    [InlineData("""{ "alerts": { "channels": [{ "name": "a", "kind": "log" }], "restarted": true } }""", true)]
    [InlineData("""{ "alerts": { "channels": [] } }""", false)]
    [InlineData("""{ "alerts": { "channels": [{ "name": "a", "kind": "fax" }] } }""", false)]
    [InlineData("""{ "alerts": { "channels": [{ "name": "a", "kind": "log", "host": "h" }] } }""", false)]
    [InlineData("""{ "alerts": { "channels": [{ "name": "a", "kind": "teams", "url": "env:ALERT_X" }] } }""", true)]
    [InlineData("""{ "alerts": { "channels": [{ "name": "a", "kind": "teams", "url": "https://h/x" }] } }""", false)]
    [InlineData("""{ "alerts": { "channels": [{ "name": "a", "kind": "smtp", "host": "h", "from": "a@b", "to": ["c@d"] }] } }""", true)]
    [InlineData("""{ "alerts": { "channels": [{ "name": "a", "kind": "smtp", "host": "h", "from": "a@b", "to": ["c"] }] } }""", false)]
    [InlineData("""{ "alerts": { "channels": [{ "name": "a", "kind": "smtp", "host": "h", "from": "a@b" }] } }""", false)]
    [InlineData("""{ "alerts": { "routes": [{ "channels": [] }], "remind": "never", "remindFrom": "low" } }""", true)]
    [InlineData("""{ "alerts": { "groupWait": "never" } }""", false)]
    [InlineData("""{ "alerts": { "remindFrom": "Low" } }""", false)]
    [InlineData("""{ "alerts": { "routes": [{ "match": {} }] } }""", false)]
    [InlineData("""{ "alerts": { "routes": [{ "match": { "kinds": ["Down"], "conditions": ["Hung"], "agents": ["a*"] }, "channels": ["log"], "goOn": true }] } }""", true)]
    [InlineData("""{ "alerts": { "routes": [{ "match": { "kinds": ["down"] }, "channels": ["log"] }] } }""", false)]
    [InlineData("""{ "alerts": { "routes": [{ "match": { "subjects": ["a.b.c"] }, "channels": ["log"] }] } }""", false)]
    [InlineData("""{ "alerts": { "severities": { "Hung": "low" } } }""", true)]
    [InlineData("""{ "alerts": { "severities": { "hung": "low" } } }""", false)]
    [InlineData("""{ "alerts": { "severities": { "Hung": "Low" } } }""", false)]
    [InlineData("""{ "selfCheck": { "targets": ["tcp://h:1", "https://h/x"], "quorum": "most" } }""", true)]
    [InlineData("""{ "selfCheck": { "targets": ["h:1"] } }""", false)]
    [InlineData("""{ "deadMan": { "url": "env:ALERT_X" } }""", true)]
    [InlineData("""{ "deadMan": { "url": "env:X" } }""", false)]
    [InlineData("""{ "probe": { "deadline": "31" } }""", false)]
    [InlineData("""{ "probe": { "concurrency": 257 } }""", false)]
    [InlineData("""{ "listen": "h:1" }""", false)]
    [InlineData("[]", false)]
    public async Task A_file_is_judged_alike(string json, bool valid)
    {
        var schema = await Schema.Value;

        Assert.Equal((valid, valid), (_folder.Read(json) is MonitorConfigResult.Ok, schema.Validate(json).Count == 0));
    }

    [Fact]
    public async Task No_change_of_a_good_file_is_judged_differently_by_schema_and_reader()
    {
        var schema = await Schema.Value;
        var refused = 0;
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 3], Gen.Int[0, Values.Length - 1], Gen.Int[0, Keys.Length - 1]).Array[1, 2].Sample(
            changes =>
            {
                var json = Changed(changes);
                var errors = _folder.Read(json) is MonitorConfigResult.Refused no ? no.Errors.Select(e => e.ToString()).ToArray() : [];
                var valid = schema.Validate(json).Count == 0;
                refused += valid ? 0 : 1;
                // Durations are bounded by the reader alone, numbers by both; the table of bounds is tested apart.
                return valid ? errors.All(e => BeyondSchema.Any(b => e.Contains(b, StringComparison.Ordinal))) : errors.Length > 0;
            },
            iter: 120,
            threads: 1,
            writeLine: _ => { });
        Assert.InRange(refused, 20, 118);
    }

    [Fact]
    public void The_schema_names_its_dialect_and_describes_every_setting()
    {
        using var schema = JsonDocument.Parse(MonitorSchema.Text());

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
        Assert.All(Properties(schema.RootElement), p => Assert.NotEmpty(p.GetProperty("description").GetString()!));
        Assert.True(Properties(schema.RootElement).Count() > 40);
    }

    /// <summary>The example without what only the machine can judge, and with a value, or a key, changed somewhere in it.</summary>
    private static string Changed((int At, int Kind, int Value, int Key)[] changes)
    {
        var text = MonitorExample.Text.Replace("\"caFile\": \"tls/ca.pem\"", "\"fingerprint\": \"" + new string('a', 64) + "\"", StringComparison.Ordinal);
        var root = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip })!.AsObject();
        foreach (var (at, kind, value, key) in changes)
        {
            var objects = Objects(root).ToArray();
            var target = objects[at % objects.Length];
            var existing = target.Count == 0 ? Keys[key] : target.ElementAt(value % target.Count).Key;
            switch (kind)
            {
                case 0:
                    target.Remove(existing);
                    break;
                case 1:
                    target[Keys[key]] = JsonNode.Parse(Values[value]);
                    break;
                default:
                    target[existing] = JsonNode.Parse(Values[at % Values.Length]);
                    break;
            }
        }

        return root.ToJsonString();
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject value => value.SelectMany(m => Objects(m.Value)).Prepend(value),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<JsonElement> Properties(JsonElement schema)
    {
        var properties = schema.TryGetProperty("properties", out var own) ? own.EnumerateObject().Select(p => p.Value) : [];
        var items = schema.TryGetProperty("items", out var item) ? Properties(item) : [];
        var variants = schema.TryGetProperty("oneOf", out var all) ? all.EnumerateArray().SelectMany(Properties) : [];
        var named = schema.TryGetProperty("patternProperties", out var patterns)
            ? patterns.EnumerateObject().Where(p => p.Value.GetProperty("type").GetString() == "object").SelectMany(p => Properties(p.Value))
            : [];
        return [.. properties.SelectMany(p => Properties(p).Prepend(p)), .. items, .. variants, .. named];
    }
}
