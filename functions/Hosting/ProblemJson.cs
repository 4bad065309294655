using System.Buffers;
using System.Text.Json;

namespace MoneroCloud.Functions;

/// <summary>An error as RFC 9457 has it.</summary>
internal static class ProblemJson
{
    public const string ContentType = "application/problem+json";

    /// <param name="status">Of HTTP.</param>
    /// <param name="title">The kind of error, always the same for one kind.</param>
    /// <param name="detail">This one: for the reader, without a stack trace or a secret.</param>
    public static byte[] Text(int status, string title, string detail)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "about:blank"u8);
            json.WriteString("title"u8, title);
            json.WriteNumber("status"u8, status);
            json.WriteString("detail"u8, detail);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
