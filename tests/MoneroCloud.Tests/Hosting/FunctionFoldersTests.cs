using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class FunctionFoldersTests
{
    private const string Timer = """{"type":"timerTrigger","direction":"in","name":"timer","schedule":"0 * * * * *"}""";

    private const string Bus = """{"type":"serviceBusTrigger","direction":"in","name":"message","queueName":"q","connection":"ServiceBus","dataType":"binary"}""";

    private const string Http = """{"type":"httpTrigger","direction":"in","name":"request","authLevel":"anonymous","methods":["get"],"route":"api/{*path}"}""";

    private const string Output = """{"type":"http","direction":"out","name":"res"}""";

    private static readonly Dictionary<string, string> Schedules = new() { ["PROBE_SCHEDULE"] = "0 * * * * *" };

    [Fact]
    public void The_shipped_functions_are_these()
    {
        var expected = new Dictionary<string, TriggerBinding>
        {
            ["probe"] = new TriggerBinding.Timer("timer", "0 * * * * *"),
            ["sweep"] = new TriggerBinding.Timer("timer", "*/15 * * * * *"),
            ["probe-shard"] = new TriggerBinding.Bus("message", Names.ProbeShardsQueue),
            ["reports"] = new TriggerBinding.Bus("message", Names.ReportsQueue),
            ["deliver"] = new TriggerBinding.Bus("message", Names.AlertsQueue),
            ["api"] = new TriggerBinding.Http("api/{*path}"),
            ["dashboard"] = new TriggerBinding.Http("dashboard/{*path}"),
        };
        Assert.Equal(expected, TestFunctions.Shipped.ToDictionary(function => function.Name, function => function.Trigger));
    }

    [Fact]
    public void No_trigger_is_named_as_a_route_begins() => Assert.DoesNotContain(
        TestFunctions.Shipped,
        function => function.Trigger is not TriggerBinding.Http && HttpRoutes.Contain("/" + function.Name, "/" + function.Name));

    [Fact]
    public void The_shipped_host_file_proxies_http_without_a_prefix_and_is_read()
    {
        Assert.True(HostFile.TryRead(AppContext.BaseDirectory, out var host, out var error), error);
        Assert.Equal(TestFunctions.Host, host);
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, HostFile.FileName)));
        var handler = json.RootElement.GetProperty("customHandler");
        Assert.True(handler.GetProperty("enableProxyingHttpRequest").GetBoolean());
        Assert.False(handler.TryGetProperty("http", out _));
        Assert.Equal("MoneroCloud.Functions", handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString());
        Assert.Equal("", json.RootElement.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        // What the program writes has to reach the logs although the host itself is kept quiet.
        Assert.Equal("Information", json.RootElement.GetProperty("logging").GetProperty("logLevel").GetProperty("Host.Function.Console").GetString());
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("[]", "bindings is missing")]
    [InlineData("{}", "bindings is missing")]
    [InlineData("""{"bindings":[]}""", "bindings is missing")]
    [InlineData("""{"bindings":[7]}""", "bindings[0]")]
    [InlineData("""{"bindings":[{"type":"blobTrigger"}]}""", "bindings[0].type is \"blobTrigger\": it has to be timerTrigger, serviceBusTrigger or httpTrigger")]
    [InlineData("""{"bindings":[{}]}""", "bindings[0].type is missing")]
    [InlineData($$"""{"bindings":[{{Timer}}],"disabled":true}""", "disabled is not known here")]
    [InlineData($$"""{"bindings":[{{Timer}},{{Output}}]}""", "bindings[1] is not known here")]
    [InlineData($$"""{"bindings":[{{Http}}]}""", "exactly two")]
    public void Another_form_is_refused_with_its_file_and_key(string text, string error) => AssertRefused(text, error);

    [Theory]
    [InlineData("\"timer\"", "\"\"", "bindings[0].name is \"\"")]
    [InlineData("\"timer\"", "7", "bindings[0].name is 7: it has to be a text")]
    [InlineData("\"schedule\"", "\"every\"", "bindings[0].every is not known here")]
    [InlineData("0 * * * * *", "%OTHER%", "bindings[0].schedule is \"%OTHER%\": it has to be a schedule, or one of %PROBE_SCHEDULE%")]
    [InlineData("0 * * * * *", "%PROBE_SCHEDULE% ", "without %NAME%")]
    [InlineData("\"in\"", "\"out\"", "bindings[0].direction is \"out\"")]
    public void A_timer_that_is_not_known_here_is_refused(string part, string instead, string error) =>
        AssertRefused(Function(Timer.Replace(part, instead, StringComparison.Ordinal)), error);

    [Theory]
    [InlineData("\"binary\"", "\"string\"", "bindings[0].dataType is \"string\": it has to be \"binary\"")]
    [InlineData(",\"dataType\":\"binary\"", "", "bindings[0].dataType is missing")]
    [InlineData("\"q\"", "\"%QUEUE%\"", "bindings[0].queueName is \"%QUEUE%\"")]
    [InlineData("\"ServiceBus\"", "\"Other\"", "bindings[0].connection is \"Other\"")]
    [InlineData("\"queueName\"", "\"topicName\"", "bindings[0].topicName is not known here")]
    public void A_queue_whose_body_would_not_come_byte_for_byte_is_refused(string part, string instead, string error) =>
        AssertRefused(Function(Bus.Replace(part, instead, StringComparison.Ordinal)), error);

    [Theory]
    [InlineData("api/{*path}", "{*path}", "bindings[0].route is \"{*path}\"")]
    [InlineData("api/{*path}", "api/../{*path}", "bindings[0].route")]
    [InlineData("\"anonymous\"", "\"function\"", "bindings[0].authLevel is \"function\"")]
    [InlineData("[\"get\"]", "\"get\"", "bindings[0].methods is \"get\": it has to be an array of texts")]
    [InlineData("\"res\"", "\"$return\"", "bindings[1].name is \"$return\"")]
    public void A_route_that_could_reach_a_trigger_is_refused(string part, string instead, string error) =>
        AssertRefused(Function($"{Http},{Output}".Replace(part, instead, StringComparison.Ordinal)), error);

    [Fact]
    public void A_folder_without_any_function_is_refused()
    {
        var root = TestRun.NewFolder("functions");
        Assert.False(FunctionFolders.TryRead(root, Schedules, out _, out var error));
        Assert.Contains(root, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"functionTimeout":"00:00:30"}""", "functionTimeout has to be a time between 00:01:00 and 00:10:00")]
    [InlineData("""{"functionTimeout":120}""", "functionTimeout")]
    [InlineData("""{"functionTimeout":"00:02:00"}""", "maxConcurrentCalls has to be a number between 1 and 64")]
    [InlineData("""{"functionTimeout":"00:02:00","extensions":{"serviceBus":{"maxConcurrentCalls":0}}}""", "maxConcurrentCalls")]
    [InlineData("""{"functionTimeout":"00:02:00","extensions":[]}""", "maxConcurrentCalls")]
    [InlineData("[]", "functionTimeout")]
    [InlineData("{", "cannot be read")]
    [InlineData(null, "cannot be read")]
    public void A_host_file_without_its_limits_is_refused(string? text, string error)
    {
        var root = TestRun.NewFolder("host");
        if (text is not null)
        {
            File.WriteAllText(Path.Combine(root, HostFile.FileName), text);
        }

        Assert.False(HostFile.TryRead(root, out _, out var said));
        Assert.Contains(HostFile.FileName, said, StringComparison.Ordinal);
        Assert.Contains(error, said, StringComparison.Ordinal);
    }

    private static string Function(string bindings) => $$"""{"bindings":[{{bindings}}]}""";

    private static void AssertRefused(string text, string error)
    {
        var root = TestRun.NewFolder("functions");
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "probe")).FullName, FunctionFolders.FileName);
        File.WriteAllText(file, text);
        Assert.False(FunctionFolders.TryRead(root, Schedules, out _, out var said));
        Assert.Contains(file, said, StringComparison.Ordinal);
        Assert.Contains(error, said, StringComparison.Ordinal);
    }
}
