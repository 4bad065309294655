using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>Everything that somebody could put into an agent's queue who has the key of the bus and not the monitor's: made by a seed, kind by kind.</summary>
internal sealed class HostileOrders : IDisposable
{
    private static readonly NodeName Host = NodeName.Parse("host");
    private static readonly OrderVerb[] Verbs = [OrderVerb.Restart, OrderVerb.Start, OrderVerb.Stop, OrderVerb.Enable, OrderVerb.Disable, OrderVerb.Check];

    private readonly SigningKey _monitor = SigningKey.Create();
    private readonly SigningKey _stranger = SigningKey.Create();
    private readonly ECDsa _strangersPair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Random _random;
    private readonly DateTimeOffset _now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private JournaledOrders _taken = JournaledOrders.Empty;

    public HostileOrders(int seed) => (_random, Kinds) = (new Random(seed), new Dictionary<string, Func<byte[]>>
    {
        ["a bit is another"] = () => Damaged(Good(), b => b[_random.Next(b.Length)] ^= (byte)(1 << _random.Next(8))),
        ["a part is missing"] = () => Good()[.._random.Next(1, 200)],
        ["a byte more"] = () => Grown(Good()),
        ["another payload under the signature"] = () => Swapped(o => o["node"] = "other"),
        ["another audience under the signature"] = () => Swapped(o => o["audience"] = "host"),
        ["a longer life under the signature"] = () => Swapped(o => o["expires_at"] = _now.AddMinutes(9).ToUnixTimeSeconds()),
        ["no algorithm"] = () => Unsigned($$"""{"alg":"none","kid":"{{_monitor.PublicKey.Thumbprint}}","typ":"mc-order"}"""),
        ["an HMAC with the public key"] = Hmac,
        ["the stranger's signature with the monitor's name"] = () => new ForgedJws(_strangersPair).Signed(
            $$"""{"alg":"ES256","kid":"{{_monitor.PublicKey.Thumbprint}}","typ":"mc-order"}""", JsonSerializer.Serialize(Order(), CoreJson.Default.Order)),
        ["the stranger's key within the header"] = () => new ForgedJws(_strangersPair).Signed(
            $$"""{"alg":"ES256","kid":"{{_monitor.PublicKey.Thumbprint}}","typ":"mc-order","jwk":{{_stranger.PublicKey.ToJwk()}}}""", JsonSerializer.Serialize(Order(), CoreJson.Default.Order)),
        ["signed by a stranger"] = () => Signed(_stranger, Order()),
        ["a report of the agent's own"] = () => Jws.Sign(_stranger, JwsType.Report, JsonSerializer.SerializeToUtf8Bytes(Order(), CoreJson.Default.Order)),
        ["the monitor's, of another type"] = () => Jws.Sign(_monitor, JwsType.Report, JsonSerializer.SerializeToUtf8Bytes(Order(), CoreJson.Default.Order)),
        ["the monitor's, for another agent"] = () => Signed(_monitor, Order() with { Audience = NodeName.Parse("other") }),
        ["the monitor's, for a node that is not there"] = () => Signed(_monitor, Order() with { Node = NodeName.Parse("other") }),
        ["the monitor's, expired"] = () => Signed(_monitor, At(_now.AddSeconds(-_random.Next(601, 100_000)))),
        ["the monitor's, of a later day"] = () => Signed(_monitor, At(_now.AddSeconds(_random.Next(121, 100_000)))),
        ["the monitor's, of before the journal"] = () => Signed(_monitor, Order() with { IssuedAt = Since.ToUnixTimeSeconds() }),
        ["the monitor's, living too long"] = () => Signed(_monitor, Order() with { ExpiresAt = _now.AddSeconds(_random.Next(700, 100_000)).ToUnixTimeSeconds() }),
        ["the monitor's, again"] = () => Signed(_monitor, Taken()),
        ["the monitor's, again with the other signature of the same"] = () => ForgedJws.Mirrored(Signed(_monitor, Taken())),
        ["noise"] = Noise,
    });

    public Dictionary<string, Func<byte[]>> Kinds { get; }

    private DateTimeOffset Since => _now.AddMinutes(-9);

    /// <summary>Would the agent carry it out?</summary>
    /// <param name="believes">More keys than the monitor's: a planted defect.</param>
    public bool IsTaken(byte[] message, bool believes = false) =>
        CommandReader.Read(message, believes ? [_monitor.PublicKey, _stranger.PublicKey] : [_monitor.PublicKey]) is CommandMessage.Ordered { Order: var order }
        && OrderIntake.Judge(order, new IntakeContext(Host, n => n.ToString() == "main", _taken, Since, _now)) is IntakeVerdict.Take;

    /// <summary>One that is taken.</summary>
    public byte[] Good() => Signed(_monitor, Order());

    public void Dispose()
    {
        _monitor.Dispose();
        _stranger.Dispose();
        _strangersPair.Dispose();
    }

    private static byte[] Signed(SigningKey key, Order order) => Jws.Sign(key, JwsType.Order, JsonSerializer.SerializeToUtf8Bytes(order, CoreJson.Default.Order));

    private Order Order() => At(_now.AddSeconds(-_random.Next(0, 60)));

    private Order At(DateTimeOffset issued) => new()
    {
        Id = Convert.ToHexStringLower(Bytes(17))[..33],
        Audience = Host,
        IssuedAt = issued.ToUnixTimeSeconds(),
        ExpiresAt = issued.AddMinutes(5).ToUnixTimeSeconds(),
        Verb = Verbs[_random.Next(Verbs.Length)],
        Node = NodeName.Parse("main"),
        By = "operator",
    };

    private Order Taken()
    {
        var order = Order();
        _taken = JournaledOrders.Empty.Apply(new JournalRecord.OrderTaken(order.Id, order.ExpiresAt, order.Verb, order.Node, order.Identity));
        return order;
    }

    private static byte[] Damaged(byte[] message, Action<byte[]> damage)
    {
        damage(message);
        return message;
    }

    private byte[] Grown(byte[] message)
    {
        var at = _random.Next(message.Length + 1);
        return [.. message[..at], (byte)_random.Next(256), .. message[at..]];
    }

    /// <summary>Where the change leaves it as it was, it is signed for another agent.</summary>
    private byte[] Swapped(Action<JsonObject> change)
    {
        var parts = Encoding.ASCII.GetString(Signed(_monitor, Order() with { Audience = NodeName.Parse("other") })).Split('.');
        var payload = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        payload["audience"] = "host";
        change(payload);
        return Encoding.ASCII.GetBytes($"{parts[0]}.{ForgedJws.Encode(payload.ToJsonString())}.{parts[2]}");
    }

    private byte[] Unsigned(string header) => Encoding.ASCII.GetBytes(
        $"{ForgedJws.Encode(header)}.{ForgedJws.Encode(JsonSerializer.Serialize(Order(), CoreJson.Default.Order))}.{(_random.Next(2) == 0 ? "" : System.Buffers.Text.Base64Url.EncodeToString(new byte[64]))}");

    private byte[] Hmac()
    {
        var encoded = $"{ForgedJws.Encode($$"""{"alg":"HS256","kid":"{{_monitor.PublicKey.Thumbprint}}","typ":"mc-order"}""")}.{ForgedJws.Encode(JsonSerializer.Serialize(Order(), CoreJson.Default.Order))}";
        return ForgedJws.WithSignature(encoded, HMACSHA256.HashData(Encoding.UTF8.GetBytes(_monitor.PublicKey.ToJwk()), Encoding.ASCII.GetBytes(encoded)));
    }

    private byte[] Noise() => Bytes(_random.Next(0, 400));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
