using System.Collections.Immutable;
using System.Text;

namespace MoneroCloud.EndToEnd.Tests.Tracing;

/// <summary>A span as it came over OTLP, read from its protobuf: opentelemetry/proto/collector/trace/v1 and trace/v1.</summary>
internal sealed record ReceivedSpan(string Trace, string Id, string Parent, string Name, ImmutableArray<string> Links)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    /// <summary>Of an ExportTraceServiceRequest: resource_spans = 1, in those scope_spans = 2, in those spans = 2.</summary>
    public static IEnumerable<ReceivedSpan> Of(byte[] request) =>
        Fields(request, 1).SelectMany(resource => Fields(resource, 2)).SelectMany(scope => Fields(scope, 2)).Select(Span);

    private static ReceivedSpan Span(byte[] span) => new(
        Hex(span, 1), Hex(span, 2), Hex(span, 4), Encoding.UTF8.GetString(Fields(span, 5).First()), [.. Fields(span, 13).Select(link => Hex(link, 1))]);

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Fields(message, field).FirstOrDefault() ?? []);

    /// <summary>The length-delimited values of one field.</summary>
    private static List<byte[]> Fields(byte[] message, int field)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message, ref at);
            switch ((int)(tag & 7))
            {
                case Varint:
                    Number(message, ref at);
                    break;
                case Fixed64:
                    at += sizeof(long);
                    break;
                case Fixed32:
                    at += sizeof(int);
                    break;
                case Bytes:
                    var length = (int)Number(message, ref at);
                    if ((int)(tag >> 3) == field)
                    {
                        found.Add(message[at..(at + length)]);
                    }

                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
        }

        return found;
    }

    private static ulong Number(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
