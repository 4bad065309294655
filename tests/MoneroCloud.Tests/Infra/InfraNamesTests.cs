using System.Reflection;
using System.Text.Json;
using System.Xml;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Template, function.json files and core/Names.cs speak of the same things, whichever is asked first.</summary>
public sealed class InfraNamesTests
{
    private const string Queues = "Microsoft.ServiceBus/namespaces/queues";

    private static readonly string[] Agents = ["host-1", "host-2"];

    [Fact]
    public async Task Queues_are_those_of_the_functions_and_of_the_agents()
    {
        var infra = await EvaluatedInfra.GetAsync();
        var received = TestFunctions.Shipped.Select(f => f.Trigger).OfType<TriggerBinding.Bus>().Select(b => b.Queue);
        string[] wanted = [.. received.Concat(Agents.Select(Names.CommandsQueue)).Order(StringComparer.Ordinal)];
        Assert.Equal(wanted, infra.Names(Queues));
        Assert.Equal(wanted, Constants("Queue").Concat(Agents.Select(a => Names.CommandsQueuePrefix + a)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_table_is_the_programs() => Assert.Equal(Constants("Table"), (await EvaluatedInfra.GetAsync()).Names("Microsoft.Storage/storageAccounts/tableServices/tables"));

    [Fact]
    public async Task A_queue_behaves_as_the_embedded_one_does_and_as_the_program_counts_on()
    {
        var ours = new QueueSettings();
        var limits = InvocationLimits.Of(TestFunctions.Host.FunctionTimeout);
        var queues = (await EvaluatedInfra.GetAsync()).Of(Queues).ToArray();
        Assert.Equal(5, queues.Length);
        Assert.All(queues, queue =>
        {
            var properties = queue.GetProperty("properties");
            Assert.Equal(ours.MaxDeliveryCount, properties.GetProperty("maxDeliveryCount").GetInt32());
            Assert.Equal(ours.LockDuration, Duration(properties, "lockDuration"));
            Assert.True(Duration(properties, "lockDuration") > limits.Bus + limits.Grace);
            Assert.True(properties.GetProperty("requiresDuplicateDetection").GetBoolean());
            Assert.Equal(ours.DuplicateWindow, Duration(properties, "duplicateDetectionHistoryTimeWindow"));
            Assert.False(properties.GetProperty("requiresSession").GetBoolean());
        });
        var commands = queues.Where(q => EvaluatedInfra.Text(q, "name").Contains(Names.CommandsQueuePrefix, StringComparison.Ordinal));

        // As long as the standalone monitor's, so that an ack or an order dies by its own time and not by the queue's.
        Assert.All(commands, q => Assert.Equal(TimeSpan.FromHours(1), Duration(q.GetProperty("properties"), "defaultMessageTimeToLive")));
    }

    [Fact]
    public async Task The_app_is_found_by_azd_and_runs_the_handler()
    {
        var app = (await EvaluatedInfra.GetAsync()).Of("Microsoft.Web/sites").Single();
        Assert.Equal("monitor", EvaluatedInfra.Text(app.GetProperty("tags"), "azd-service-name"));
        Assert.Equal(("custom", "1.0"), Runtime(app.GetProperty("properties").GetProperty("functionAppConfig").GetProperty("runtime")));
        var subnet = Assert.Single((await EvaluatedInfra.GetAsync()).Of("Microsoft.Network/virtualNetworks").Single().GetProperty("properties").GetProperty("subnets").EnumerateArray());
        Assert.DoesNotContain('_', EvaluatedInfra.Text(subnet, "name"));
        Assert.Equal("Microsoft.App/environments", subnet.GetProperty("properties").GetProperty("delegations")[0].GetProperty("properties").GetProperty("serviceName").GetString());
        Assert.Equal("10.20.0.0/26", EvaluatedInfra.Text(subnet.GetProperty("properties"), "addressPrefix"));
    }

    [Fact]
    public async Task The_heartbeat_that_is_watched_is_a_timers_and_the_host_tells_of_it()
    {
        var rule = (await EvaluatedInfra.GetAsync()).Of("Microsoft.Insights/scheduledQueryRules").Single().GetProperty("properties");
        var query = rule.GetProperty("criteria").GetProperty("allOf")[0].GetProperty("query").GetString()!;
        Assert.Contains("Name == \"probe Successes\"", query, StringComparison.Ordinal);
        Assert.IsType<TriggerBinding.Timer>(TestFunctions.Of("probe").Trigger);
        using var host = JsonDocument.Parse(File.ReadAllBytes(GeneratedFile.At("host.json")));
        Assert.Equal("Information", host.RootElement.GetProperty("logging").GetProperty("logLevel").GetProperty("Host.Aggregator").GetString());
        var told = TimeSpan.Parse(host.RootElement.GetProperty("aggregator").GetProperty("flushTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Duration(rule, "windowSize") >= TimeSpan.FromMinutes(5) + (2 * told));

        // What the program prints, alerts among it, is never left out.
        Assert.Contains("Trace", host.RootElement.GetProperty("logging").GetProperty("applicationInsights").GetProperty("samplingSettings").GetProperty("excludedTypes").GetString(), StringComparison.Ordinal);
    }

    private static TimeSpan Duration(JsonElement properties, string name) => XmlConvert.ToTimeSpan(EvaluatedInfra.Text(properties, name));

    private static (string?, string?) Runtime(JsonElement runtime) => (runtime.GetProperty("name").GetString(), runtime.GetProperty("version").GetString());

    private static IEnumerable<string> Constants(string suffix) => typeof(Names).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.IsLiteral && f.Name.EndsWith(suffix, StringComparison.Ordinal)).Select(f => (string)f.GetRawConstantValue()!);
}
