using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>
/// Everything that somebody could put into the reports queue who has the key of the bus, keys of other agents, keys of before, and what was sent before; and what
/// a broken agent could sign itself. Made by a seed, kind by kind.
/// </summary>
internal sealed class HostileReports : IDisposable
{
    private readonly AttackedMonitor _monitor;
    private readonly ECDsa _strangersPair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _homesPair = ECDsa.Create();
    private readonly Random _random;

    public HostileReports(AttackedMonitor monitor, int seed)
    {
        (_monitor, _random) = (monitor, new Random(seed));
        _homesPair.ImportFromPem(monitor.HomeKey.ExportPem());
        Kinds = new Dictionary<string, Func<byte[]>>
        {
            ["a bit is another"] = () => Damaged(Next()),
            ["a part is missing"] = () => Next()[..^_random.Next(1, 400)],
            ["a byte more"] = () => Grown(Next()),
            ["another state under the signature"] = () => Swapped(r => r["nodes"]![0]!["phase"] = "stopped"),
            ["another agent's name under the signature"] = () => Swapped(r => r["agent"] = "other"),
            ["no algorithm"] = () => Unsigned($$"""{"alg":"none","kid":"{{Kid}}","typ":"mc-report"}"""),
            ["an HMAC with the public key"] = Hmac,
            ["the stranger's signature with the agent's name"] = () => new ForgedJws(_strangersPair).Signed($$"""{"alg":"ES256","kid":"{{Kid}}","typ":"mc-report"}""", Text(_monitor.Next())),
            ["the stranger's key within the header"] = () => new ForgedJws(_strangersPair).Signed(
                $$"""{"alg":"ES256","kid":"{{Kid}}","typ":"mc-report","jwk":{{_monitor.Stranger.PublicKey.ToJwk()}}}""", Text(_monitor.Next())),
            ["signed by a stranger"] = () => Signed(_monitor.Stranger, _monitor.Next()),
            ["signed by another agent"] = () => Signed(_monitor.OtherKey, _monitor.Next()),
            ["another agent's, that names both"] = NamesBoth,
            ["signed by the same agent's key for another monitor"] = () => Signed(_monitor.ElsewhereKey, _monitor.Next()),
            ["signed by the key before, after its hour"] = () => Signed(_monitor.OldKey, _monitor.Next()),
            ["of an agent that was removed"] = () => Signed(_monitor.RemovedKey, _monitor.Next() with { Agent = AttackedMonitor.Removed }),
            ["of an agent that nobody knows"] = () => Signed(_monitor.HomeKey, _monitor.Next() with { Agent = NodeName.Parse($"stranger-{_random.Next(1_000)}") }),
            ["the agent's own, of another type"] = () => Jws.Sign(_monitor.HomeKey, _random.Next(2) == 0 ? JwsType.Order : JwsType.Ack, Encoding.UTF8.GetBytes(Text(_monitor.Next()))),
            ["the monitor's own signature"] = () => Signed(MonitorRig.MonitorKey, _monitor.Next()),
            ["again"] = () => _monitor.Sent[^1],
            ["an older one again"] = () => Any(_monitor.Sent),
            ["again with the other signature of the same"] = () => ForgedJws.Mirrored(Any(_monitor.Sent)),
            ["of the epoch before"] = () => Any(_monitor.SentBefore),
            ["nested too deeply"] = () => Nested(new ForgedJws(_strangersPair), _random.Next(64, 40_000)),
            ["nested too deeply, by the agent"] = () => Nested(new ForgedJws(_homesPair), _random.Next(33, 40_000)),
            ["too large"] = () => new ForgedJws(_random.Next(2) == 0 ? _homesPair : _strangersPair).Signed(Header, Text(_monitor.Next() with { Version = new string('v', 200_000) })),
            ["out of its bounds, by the agent"] = () => Signed(_monitor.HomeKey, OutOfBounds(_monitor.Next())),
            ["no report, by the agent"] = () => Jws.Sign(_monitor.HomeKey, JwsType.Report, Encoding.UTF8.GetBytes(NoReport())),
            ["noise"] = () => Bytes(_random.Next(0, 400)),

            // Whoever takes one of these takes nothing older after it.
            ["a higher number under the signature"] = () => Swapped(r => r["number"] = _random.Next(1_000, 100_000)),
            ["a later epoch under the signature"] = () => Swapped(r => (r["epoch"], r["events"]) = (_random.Next(3, 100), new JsonArray())),
        };
    }

    public IReadOnlyDictionary<string, Func<byte[]>> Kinds { get; }

    private string Kid => _monitor.HomeKey.PublicKey.Thumbprint;

    private string Header => $$"""{"alg":"ES256","kid":"{{Kid}}","typ":"mc-report"}""";

    public void Dispose()
    {
        _strangersPair.Dispose();
        _homesPair.Dispose();
    }

    private static string Text(Report report) => JsonSerializer.Serialize(report, CoreJson.Default.Report);

    private static byte[] Signed(SigningKey key, Report report) => Jws.Sign(key, JwsType.Report, JsonSerializer.SerializeToUtf8Bytes(report, CoreJson.Default.Report));

    private byte[] Next() => Signed(_monitor.HomeKey, _monitor.Next());

    private byte[] Any(List<byte[]> sent) => sent[_random.Next(sent.Count)];

    private byte[] Damaged(byte[] message)
    {
        message[_random.Next(message.Length)] ^= (byte)(1 << _random.Next(8));
        return message;
    }

    private byte[] Grown(byte[] message)
    {
        var at = message.Length - _random.Next(_random.Next(2) == 0 ? 80 : message.Length + 1);
        return [.. message[..at], (byte)_random.Next(256), .. message[at..]];
    }

    private byte[] Swapped(Action<JsonNode> change)
    {
        var parts = Encoding.ASCII.GetString(Next()).Split('.');
        var payload = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!;
        change(payload);
        return Encoding.ASCII.GetBytes($"{parts[0]}.{ForgedJws.Encode(payload.ToJsonString())}.{parts[2]}");
    }

    private byte[] Unsigned(string header) => Encoding.ASCII.GetBytes(
        $"{ForgedJws.Encode(header)}.{ForgedJws.Encode(Text(_monitor.Next()))}.{(_random.Next(2) == 0 ? "" : System.Buffers.Text.Base64Url.EncodeToString(new byte[64]))}");

    private byte[] Hmac()
    {
        var encoded = $"{ForgedJws.Encode($$"""{"alg":"HS256","kid":"{{Kid}}","typ":"mc-report"}""")}.{ForgedJws.Encode(Text(_monitor.Next()))}";
        return ForgedJws.WithSignature(encoded, HMACSHA256.HashData(Encoding.UTF8.GetBytes(_monitor.HomeKey.PublicKey.ToJwk()), Encoding.ASCII.GetBytes(encoded)));
    }

    /// <summary>Whichever of the two a reader takes, the other one has not signed it.</summary>
    private byte[] NamesBoth()
    {
        var member = _random.Next(2) == 0 ? "agent" : "\\u0061gent";
        return Jws.Sign(_monitor.OtherKey, JwsType.Report, Encoding.UTF8.GetBytes($$"""{"agent":"other",{{Text(_monitor.Next())[1..^1]}},"{{member}}":"home"}"""));
    }

    /// <summary>Some of it where a reader skips, which is read all the same.</summary>
    private byte[] Nested(ForgedJws forged, int depth)
    {
        var (open, close) = _random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        depth = open == "[" ? depth : 65 + (depth / 8); // Within what one message takes.
        var deep = string.Concat(Enumerable.Repeat(open, depth)) + "1" + (_random.Next(2) == 0 ? string.Concat(Enumerable.Repeat(close, depth)) : "");
        return forged.Signed(Header, $$"""{{{Text(_monitor.Next())[1..^1]}},"unknown":{{deep}}}""");
    }

    private Report OutOfBounds(Report report)
    {
        var happened = new NodeEvent(report.Epoch, 1_000_000, null, report.At, new NodeFact.Lost(1));
        return _random.Next(15) switch
        {
            0 => report with { Epoch = _random.Next(-5, 1) },
            1 => report with { Number = _random.Next(-5, 1) },
            2 => report with { PeriodSeconds = _random.Next(601, 100_000) },
            3 => report with { PeriodSeconds = -_random.Next(100_000) },
            4 => report with { At = new DateTimeOffset(1969, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(-_random.Next(100_000)) },
            5 => report with { At = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(_random.Next(100_000)) },
            6 => report with { Version = new string('v', _random.Next(65, 100_000)) },
            7 => report with { Trusts = [new string('t', _random.Next(43))] },
            8 => report with { Names = [] },
            9 => report with { Nodes = [.. report.Nodes, report.Nodes[0]] },
            10 => report with { Names = [.. Enumerable.Range(0, _random.Next(800, 1_900)).Select(i => NodeName.Parse($"a-node-of-a-long-name-and-{i:d9}"))], Nodes = [] },
            11 => report with { Nodes = [report.Nodes[0] with { Inventory = report.Nodes[0].Inventory with { Port = _random.Next(65_536, 100_000) } }] },
            12 => report with { Events = [happened with { Epoch = report.Epoch + 1 }] },
            13 => report with { Events = [happened, happened] },
            _ => report with { Events = [happened with { At = DateTimeOffset.MaxValue }] },
        };
    }

    private string NoReport() => _random.Next(8) switch
    {
        0 => """{"agent":"home"}""",
        1 => """{"agent":"home","agent":7}""",
        2 => """{"agent":["home"]}""",
        3 => "[]",
        4 => $"\"{new string('a', _random.Next(1, 1_000))}\"",
        5 => Text(_monitor.Next()).Replace("\"kind\":", "\"sort\":", StringComparison.Ordinal),
        6 => Text(_monitor.Next())[..^_random.Next(1, 50)],
        _ => Text(_monitor.Next()).Replace("\"epoch\":", "\"epoch\":1e400,\"other\":", StringComparison.Ordinal),
    };

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
