using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class BusAddressTests
{
    private const string Pin = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void A_connection_string_of_Azure_is_amqps_on_5671()
    {
        var address = BusAddress.Parse("Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=agent;SharedAccessKey=k3y+/=;EntityPath=reports");

        Assert.Equal(("ns.servicebus.windows.net", 5671, "reports"), (address.Host, address.Port, address.EntityPath));
        Assert.Equal(new BusTransport.Tls(null), address.Transport);
        Assert.Equal(new BusCredential.SharedKey("agent", "k3y+/="), address.Credential);
        Assert.Equal("amqps://ns.servicebus.windows.net:5671 as agent", $"{address}");
    }

    [Theory]
    [InlineData("Endpoint=sb://localhost;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;", "amqp://localhost:5672 as RootManageSharedAccessKey")]
    [InlineData("endpoint = sb://127.0.0.1:7072 ; sharedaccesskeyname=agent:host1;SHAREDACCESSKEY=k;usedevelopmentemulator=True", "amqp://127.0.0.1:7072 as agent:host1")]
    [InlineData($"Endpoint=sb://[::1]:9/;SharedAccessKeyName=a;SharedAccessKey=k;CertificateSha256={Pin}", "amqps://[::1]:9 as a")]
    [InlineData("Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=k;TransportType=AmqpWebSockets", "wss://ns.servicebus.windows.net:443 as a")]
    [InlineData($"Endpoint=sb://h:9443/;SharedAccessKeyName=a;SharedAccessKey=k;TransportType=amqpwebsockets;CertificateSha256={Pin}", "wss://h:9443 as a")]
    [InlineData("Endpoint=sb://h;SharedAccessKeyName=a;SharedAccessKey=k;TransportType=Amqp", "amqps://h:5671 as a")]
    public void Other_places_are_understood(string text, string expected) => Assert.Equal(expected, $"{BusAddress.Parse(text)}");

    [Fact]
    public void A_certificate_is_pinned_however_its_hash_is_written()
    {
        var hash = string.Join(':', Pin.ToUpperInvariant().Chunk(2).Select(pair => new string(pair)));
        var address = BusAddress.Parse($"Endpoint=sb://h;SharedAccessKeyName=a;SharedAccessKey=k;CertificateSha256={hash}");

        Assert.Equal(new BusTransport.Tls(Pin), address.Transport);
    }

    [Theory]
    [InlineData("", "0 characters: 1 to 4096 are allowed")]
    [InlineData("SharedAccessKeyName=a;SharedAccessKey=SECRET", "Endpoint is missing")]
    [InlineData("Endpoint=sb://h;SharedAccessKey=SECRET", "SharedAccessKeyName is missing")]
    [InlineData("Endpoint=sb://h;SharedAccessKeyName=a", "SharedAccessKey is missing")]
    [InlineData("Endpoint=sb://h;SharedAccessKeyName=a;SharedAccessKey=", "SharedAccessKey is missing")]
    [InlineData("Endpoint=https://h;SharedAccessKeyName=a;SharedAccessKey=SECRET", "Endpoint=https://h in the bus's connection string: sb://HOST")]
    [InlineData("Endpoint=sb://h/queue;SharedAccessKeyName=a;SharedAccessKey=SECRET", "Endpoint=sb://h/queue")]
    [InlineData("Endpoint=sb://a:SECRET@h;SharedAccessKeyName=a;SharedAccessKey=SECRET", "Endpoint=...")]
    [InlineData("Endpoint=sb://h;SharedAccessKeyName=a;SharedAccessKey=SECRET;UseDevelopmentEmulator=yes", "UseDevelopmentEmulator=yes in the bus's connection string: true or false")]
    [InlineData("Endpoint=sb://h;SharedAccessKeyName=a;SharedAccessKey=SECRET;CertificateSha256=12", "CertificateSha256=12 in the bus's connection string: 64 hex digits")]
    [InlineData($"Endpoint=sb://h;SharedAccessKeyName=a;SharedAccessKey=SECRET;UseDevelopmentEmulator=true;CertificateSha256={Pin}", "not together with UseDevelopmentEmulator=true")]
    [InlineData("Endpoint=sb://h;SharedAccessKeyName=a;SharedAccessKey=SECRET;TransportType=Http", "TransportType=Http in the bus's connection string: Amqp or AmqpWebSockets")]
    [InlineData("Endpoint=sb://h;SharedAccessKeyName=a;SharedAccessKey=SECRET;TransportType=AmqpWebSockets;UseDevelopmentEmulator=true", "TransportType=AmqpWebSockets in the bus's connection string: not together with UseDevelopmentEmulator=true")]
    [InlineData("Endpoint=sb://h;SharedAccessSignature=SECRET", "SharedAccessSignature=...")]
    [InlineData("Endpoint=sb://h;SharedAccessKeyName=a;SharedAccessKey=SECRET;SharedAccessKey=SECRET", "SharedAccessKey is there twice")]
    [InlineData("Endpoint=sb://h;SharedAccessKeyName=a;SharedAccesKey=SECRET", "is none of NAME=VALUE")]
    [InlineData("SECRET", "is none of NAME=VALUE")]
    public void A_bad_one_is_refused_with_the_part_its_value_and_the_rule_and_never_the_key(string text, string expected)
    {
        Assert.False(BusAddress.TryParse(text, out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_throws_and_no_text_shows_its_key() => Gen.Select(
            Among.Values("sb://h", "sb://h:99999", "sb://", "sb:", "://", "sb://h:0", "sb://ö"), Gen.String, Gen.String)
        .Sample(
            (endpoint, name, noise) =>
            {
                const string Key = "K0E1Y2";
                var parsed = BusAddress.TryParse($"Endpoint={endpoint};SharedAccessKeyName={name};SharedAccessKey={Key};{noise}", out var address, out var error);
                Assert.Equal(parsed, error.Length == 0);
                Assert.DoesNotContain(Key, $"{address}{address?.Credential}{error}", StringComparison.Ordinal);
            },
            iter: 2000);
}
