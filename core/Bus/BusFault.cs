using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Amqp;
using Amqp.Framing;

namespace MoneroCloud.Core;

/// <summary>What went wrong on the bus, as a value: AMQP's condition and words that are fit for a log.</summary>
internal sealed record BusFault(string Condition, string Text)
{
    private const int MostCharacters = 200;

    /// <summary>As a send's answer.</summary>
    public BusSend AsSend => BusRules.ReactionTo(Condition) is { IsPermanent: true }
        ? new BusSend.Refused(Condition, Text)
        : AsNotNow;

    /// <summary>As the answer to a send that may have arrived, or whose refusal another try may cure.</summary>
    public BusSend.NotNow AsNotNow => new(ToString(), BusRules.ReactionTo(Condition).NotBefore);

    public static BusFault Of(Error? error) => error is null
        ? new BusFault(BusRules.DetachForced, "closed by the bus")
        : new BusFault(Printable(error.Condition ?? BusRules.InternalError), Printable(error.Description ?? ""));

    public static BusFault Of(Exception exception) => exception switch
    {
        AmqpException amqp => Of(amqp.Error),
        WebSocketException { InnerException: { } inner } web => new BusFault(BusRules.ConnectionForced, Printable($"{web.Message}: {Innermost(inner).Message}")),
        SocketException socket => new BusFault(BusRules.ConnectionForced, Printable($"{socket.SocketErrorCode}")),
        AuthenticationException => new BusFault(BusRules.ConnectionForced, Printable($"TLS: {exception.Message}")),
        _ => new BusFault(BusRules.ConnectionForced, Printable($"{exception.GetType().Name}: {exception.Message}")),
    };

    /// <summary>The library's ways to say that the peer or the line failed; anything else is a bug.</summary>
    public static bool IsOne(Exception exception) => exception is AmqpException or SocketException or WebSocketException or IOException or ObjectDisposedException or
        AuthenticationException or OperationCanceledException or TimeoutException or InvalidOperationException;

    public override string ToString() => $"{Condition}: {Text}";

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;

    private static string Printable(string text) =>
        new([.. text.Take(MostCharacters).Select(c => char.IsControl(c) ? ' ' : c)]);
}
