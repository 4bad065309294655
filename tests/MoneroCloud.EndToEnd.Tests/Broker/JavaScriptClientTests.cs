using System.Diagnostics;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Service Bus's own JavaScript client against our broker: another implementation of AMQP than ours and .NET's. <c>scripts/test</c> installs it.</summary>
public sealed class JavaScriptClientTests
{
    private const string Program = "tests/servicebus-js/talk.js";

    [Fact]
    public async Task It_sends_receives_renews_abandons_dead_letters_and_subscribes_and_a_wrong_key_is_refused()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        await using var broker = await BrokerProcess.StartAsync(deadline.Token, "q", "r");
        using var node = Process.Start(new ProcessStartInfo("node", [CheckoutFile.Find(Program, "npm ci --prefix tests/servicebus-js", "tests/servicebus-js/node_modules/@azure/service-bus")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await node.StandardInput.WriteAsync(broker.ConnectionString.AsMemory(), deadline.Token);
        node.StandardInput.Close();

        var said = await node.StandardOutput.ReadToEndAsync(deadline.Token);

        Assert.Equal(
            """
            {"step":"received","id":"1","body":"one","subject":"s","count":0,"renewed":true}
            {"step":"abandoned","id":"2","count":1}
            {"step":"dead","id":"2","reason":"bad","description":"not JSON"}
            {"step":"subscribed","count":20}
            {"step":"stranger","code":"UnauthorizedAccess"}

            """,
            said);
    }
}
