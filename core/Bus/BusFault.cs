using System.Net.Sockets;
using System.Security.Authentication;
using Amqp;
using Amqp.Framing;

namespace MoneroCloud.Core;

/// <summary>What went wrong on the bus, as a value: AMQP's condition and words that are fit for a log.</summary>
internal sealed record BusFault(string Condition, string Text)
{
    private const int MostCharacters = 200;

    /// <summary>As a send's answer.</summary>
    public BusSend AsSend => BusRules.IsPermanent(Condition)
        ? new BusSend.Refused(Condition, Text)
        : new BusSend.NotNow($"{Condition}: {Text}", BusRules.NotBefore(Condition));

    public static BusFault Of(Error? error) => error is null
        ? new BusFault(BusRules.DetachForced, "closed by the bus")
        : new BusFault(Printable(error.Condition ?? BusRules.InternalError), Printable(error.Description ?? ""));

    public static BusFault Of(Exception exception) => exception switch
    {
        AmqpException amqp => Of(amqp.Error),
        SocketException socket => new BusFault(BusRules.ConnectionForced, Printable($"{socket.SocketErrorCode}")),
        AuthenticationException => new BusFault(BusRules.ConnectionForced, Printable($"TLS: {exception.Message}")),
        _ => new BusFault(BusRules.ConnectionForced, Printable($"{exception.GetType().Name}: {exception.Message}")),
    };

    /// <summary>The library's ways to say that the peer or the line failed; anything else is a bug.</summary>
    public static bool IsOne(Exception exception) => exception is AmqpException or SocketException or IOException or ObjectDisposedException or
        AuthenticationException or OperationCanceledException or TimeoutException or InvalidOperationException;

    public override string ToString() => $"{Condition}: {Text}";

    private static string Printable(string text) =>
        new([.. text.Take(MostCharacters).Select(c => char.IsControl(c) ? ' ' : c)]);
}
