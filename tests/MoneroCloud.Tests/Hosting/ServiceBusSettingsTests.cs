using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ServiceBusSettingsTests
{
    private const string Namespace = "ServiceBus__fullyQualifiedNamespace";
    private const string ClientId = "ServiceBus__clientId";
    private const string Key = "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey=SECRET";

    [Fact]
    public void A_connection_string_is_a_key() =>
        Assert.Equal(new BusCredential.SharedKey("root", "SECRET"), Read(("ServiceBus", Key)).Credential);

    [Fact]
    public void A_namespace_is_an_identity_the_apps_own_or_the_one_that_is_named()
    {
        var own = Read((Namespace, "ns.servicebus.windows.net"));
        var named = Read((Namespace, "ns.servicebus.windows.net"), (ClientId, "01234567-89ab-cdef-0123-456789abcdef"), ("ServiceBus__credential", "managedidentity"), ("ServiceBus", ""));

        Assert.Equal("amqps://ns.servicebus.windows.net:5671 as the app's managed identity", $"{own}");
        Assert.Equal("amqps://ns.servicebus.windows.net:5671 as the managed identity 01234567-89ab-cdef-0123-456789abcdef", $"{named}");
        Assert.IsType<EntraTokens>(Assert.IsType<BusCredential.Identity>(named.Credential).Source);
        Assert.Equal("wss://ns.servicebus.windows.net:443 as the app's managed identity", $"{Read((Namespace, "ns.servicebus.windows.net"), ("ServiceBus__transportType", "amqpWebSockets"))}");
    }

    [Theory]
    [InlineData("neither ServiceBus (a connection string) nor ServiceBus__fullyQualifiedNamespace")]
    [InlineData("neither ServiceBus (a connection string) nor ServiceBus__fullyQualifiedNamespace", ClientId, "01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("ServiceBus and ServiceBus__fullyQualifiedNamespace are both set", Namespace, "ns.servicebus.windows.net", "ServiceBus", Key)]
    [InlineData("ServiceBus: Endpoint is missing", "ServiceBus", "SharedAccessKey=SECRET")]
    [InlineData("ServiceBus: EntityPath=reports", "ServiceBus", Key + ";EntityPath=reports")]
    [InlineData("ServiceBus__fullyQualifiedNamespace is \"https://ns.servicebus.windows.net\"", Namespace, "https://ns.servicebus.windows.net")]
    [InlineData("ServiceBus__fullyQualifiedNamespace is \"ns.servicebus.windows.net:5671\"", Namespace, "ns.servicebus.windows.net:5671")]
    [InlineData("ServiceBus__fullyQualifiedNamespace is \"ns\"", Namespace, "ns")]
    [InlineData("ServiceBus__clientId is \"me\"", Namespace, "ns.servicebus.windows.net", ClientId, "me")]
    [InlineData("ServiceBus__credential is \"key\": it has to be managedidentity", Namespace, "ns.servicebus.windows.net", "ServiceBus__credential", "key")]
    [InlineData("ServiceBus__transportType is \"Tcp\": it has to be Amqp or AmqpWebSockets", Namespace, "ns.servicebus.windows.net", "ServiceBus__transportType", "Tcp")]
    public void A_bad_one_is_refused_with_the_setting_its_value_and_the_rule_and_never_the_key(string expected, params string[] settings)
    {
        Assert.Null(ServiceBusSettings.Read(Settings([.. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]), out var error));
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error, StringComparison.Ordinal);
    }

    private static BusAddress Read(params (string, string)[] settings)
    {
        var address = ServiceBusSettings.Read(Settings(settings), out var error);
        Assert.Equal("", error);
        return address!;
    }

    private static AppSettings Settings(params (string Name, string Value)[] settings) =>
        new(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
}
