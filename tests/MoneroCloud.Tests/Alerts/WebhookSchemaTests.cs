using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using MoneroCloud.Functions;
using NJsonSchema;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

/// <summary>docs/webhook.schema.json says what the channel <c>webhook</c> posts.</summary>
public sealed class WebhookSchemaTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Described };

    [Fact]
    public void The_schema_in_docs_is_up_to_date() => GeneratedFile.IsUpToDate("docs/webhook.schema.json", Schema());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    public async Task What_is_posted_is_what_the_schema_says(int hostile)
    {
        var schema = await JsonSchema.FromJsonAsync(Schema(), TestContext.Current.CancellationToken);
        Notice[] notices = hostile == 0 ? [SampleNotices.OneDown, SampleNotices.Recovered, SampleNotices.Some, SampleNotices.Many(500)] : [SampleNotices.Hostile(hostile)];

        Assert.All(notices, n => Assert.Empty(schema.Validate(System.Text.Encoding.UTF8.GetString(WebhookNotifier.Body(n)))));
    }

    [Theory]
    [InlineData("key")]
    [InlineData("severity")]
    [InlineData("alerts")]
    public async Task What_lacks_something_is_not_what_it_says(string member)
    {
        var schema = await JsonSchema.FromJsonAsync(Schema(), TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(WebhookNotifier.Body(SampleNotices.OneDown))!.AsObject();
        body.Remove(member);

        Assert.NotEmpty(schema.Validate(body.ToJsonString()));
    }

    private static string Schema()
    {
        var schema = MonitorJson.Default.WebhookMessage.Options.GetJsonSchemaAsNode(typeof(WebhookMessage), Options).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "MoneroCloud webhook message");
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is JsonObject made && context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), false).OfType<DescriptionAttribute>().FirstOrDefault() is { } text)
        {
            made.Insert(0, "description", text.Description);
        }

        return schema;
    }
}
