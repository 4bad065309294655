using System.Text;

namespace MoneroCloud.Testing;

/// <summary>The scripts of a <see cref="ScriptedHttpPeer"/>.</summary>
public static class Play
{
    public const string VersionJson = "{\r\n  \"id\": \"0\",\r\n  \"jsonrpc\": \"2.0\",\r\n  \"result\": {\r\n    \"release\": false,\r\n    \"version\": 65561\r\n  }\r\n}";

    /// <summary>Accepts and never says a word.</summary>
    public static PeerScript Hang { get; } = async (connection, cancellation) =>
    {
        await connection.ReadRequestAsync(cancellation);
        await connection.WaitForCloseAsync(cancellation);
    };

    /// <summary>What a wallet-rpc with 25 connections does with the next one: it closes it at once, without reading.</summary>
    public static PeerScript Saturated { get; } = (_, _) => Task.CompletedTask;

    public static PeerScript ResetAtOnce { get; } = (connection, _) =>
    {
        connection.Reset();
        return Task.CompletedTask;
    };

    public static PeerScript ResetAfterTheRequest { get; } = async (connection, cancellation) =>
    {
        await connection.ReadRequestAsync(cancellation);
        connection.Reset();
    };

    public static PeerScript CloseAfterTheRequest { get; } = (connection, cancellation) => connection.ReadRequestAsync(cancellation);

    /// <summary>An answer with the headers a real wallet-rpc sends.</summary>
    public static string Answer(string json, string status = "200 Ok", string more = "") =>
        $"HTTP/1.1 {status}\r\nServer: Epee-based\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\nContent-Type: application/json\r\n" +
        $"Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT\r\nAccept-Ranges: bytes\r\n{more}\r\n{json}";

    /// <summary>Plays the answers one by one, a request each, the last one again and again until the other side closes.</summary>
    public static PeerScript Answers(params string[] answers) => async (connection, cancellation) =>
    {
        for (var at = 0; ; at = Math.Min(at + 1, answers.Length - 1))
        {
            await connection.ReadRequestAsync(cancellation);
            await connection.SendAsync(answers[at], cancellation);
        }
    };

    /// <summary>Reads one request, sends the bytes and closes.</summary>
    public static PeerScript Once(byte[] answer) => async (connection, cancellation) =>
    {
        await connection.ReadRequestAsync(cancellation);
        await connection.SendAsync(answer, cancellation);
    };

    /// <summary>Reads one request, sends the text and closes.</summary>
    public static PeerScript Once(string answer) => Once(Encoding.Latin1.GetBytes(answer));

    /// <summary>Sends the beginning and then the same part again and again until the other side closes.</summary>
    public static PeerScript Endless(string beginning, string part) => async (connection, cancellation) =>
    {
        await connection.ReadRequestAsync(cancellation);
        await connection.SendAsync(beginning, cancellation);
        while (true)
        {
            await connection.SendAsync(part, cancellation);
        }
    };

    /// <summary>Sends one character at a time, slowly, again and again until the other side closes.</summary>
    public static PeerScript Trickle(string text, TimeSpan pause) => async (connection, cancellation) =>
    {
        await connection.ReadRequestAsync(cancellation);
        for (var at = 0; ; at = (at + 1) % text.Length)
        {
            await connection.SendAsync(text[at..(at + 1)], cancellation);
            await Task.Delay(pause, TimeProvider.System, cancellation);
        }
    };
}
