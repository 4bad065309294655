using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace MoneroCloud.Core;

/// <summary>
/// A received message, ours until its lock expires. Settling is a word that is not answered: it returns true when it was said in time as
/// far as this side can tell; the message may come again nevertheless.
/// </summary>
public sealed class BusDelivery
{
    private readonly BusDeliverySource _source;
    private readonly Message _message;
    private readonly Guid _lockToken;
    private long _lockedUntil;
    private int _settled;

    private BusDelivery(Message message, BusDeliverySource source)
    {
        _message = message;
        _source = source;
        _lockToken = message.DeliveryTag is { Length: 16 } tag ? new Guid(tag) : Guid.Empty;
        MessageId = message.Properties?.GetMessageId() is { } id ? $"{id}" : Convert.ToHexStringLower(message.DeliveryTag ?? []);
        Body = BodyOf(message);
        DeliveryCount = checked((int)(message.Header?.DeliveryCount ?? 0)) + 1;
        EnqueuedAt = Time(message, BusRules.EnqueuedTime);
        _lockedUntil = Time(message, BusRules.LockedUntil)?.UtcTicks ?? 0;
        ExpiresAt = ExpiryOf(message, EnqueuedAt);
    }

    /// <summary>The sender's, for telling a message that has come before.</summary>
    public string MessageId { get; }

    /// <summary>Empty when the body is neither bytes nor a text.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>1 for the first delivery.</summary>
    public int DeliveryCount { get; }

    public string? ContentType => _message.Properties?.ContentType;

    public string? Subject => _message.Properties?.Subject;

    public DateTimeOffset? EnqueuedAt { get; }

    /// <summary>By the bus's clock.</summary>
    public DateTimeOffset? LockedUntil => Volatile.Read(ref _lockedUntil) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>By the bus's clock. The bus does not enforce it on what it has handed out.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>On a dead letter: why it is one.</summary>
    public string? DeadLetterReason => _message.ApplicationProperties?[BusRules.DeadLetterReason] as string;

    /// <summary>On a dead letter: the longer words.</summary>
    public string? DeadLetterDescription => _message.ApplicationProperties?[BusRules.DeadLetterDescription] as string;

    internal bool IsOurs => _source.IsOpen;

    /// <summary>Done: it does not come again.</summary>
    public Task<bool> CompleteAsync() => SettleAsync(new Accepted());

    /// <summary>Not now: it comes again at once, with a higher count.</summary>
    public Task<bool> AbandonAsync() => SettleAsync(new Modified { DeliveryFailed = true });

    /// <summary>Never: it moves to the queue's dead letters.</summary>
    /// <param name="reason">Short, at most 1,024 characters, as is the description.</param>
    public Task<bool> DeadLetterAsync(string reason, string description) => SettleAsync(DeadLettered(reason, description));

    /// <summary>Extends the lock by the queue's lock duration.</summary>
    /// <returns>False when the lock is lost, or the bus did not answer.</returns>
    public async Task<bool> RenewLockAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _settled) != 0 || !IsOurs || await _source.RenewLockAsync(_lockToken, cancellation) is not { } until)
        {
            return false;
        }

        Volatile.Write(ref _lockedUntil, until.UtcTicks);
        return true;
    }

    internal static BusDelivery Of(Message message, BusDeliverySource source) => new(message, source);

    internal static Rejected DeadLettered(string reason, string description) => new()
    {
        Error = new Error(BusRules.DeadLetter)
        {
            Info = new Fields
            {
                [new Symbol(BusRules.DeadLetterReason)] = Cut(reason),
                [new Symbol(BusRules.DeadLetterDescription)] = Cut(description),
            },
        },
    };

    private Task<bool> SettleAsync(Outcome outcome) =>
        Task.FromResult(Interlocked.Exchange(ref _settled, 1) == 0 && _source.Settle(_message, outcome));

    private static string Cut(string text) => text.Length <= 1024 ? text : text[..1024];

    private static byte[] BodyOf(Message message) => message.Body switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        Data[] parts => [.. parts.SelectMany(part => part.Binary)],
        _ => [],
    };

    private static DateTimeOffset? Time(Message message, string annotation) =>
        message.MessageAnnotations?[new Symbol(annotation)] is DateTime time ? new DateTimeOffset(time, TimeSpan.Zero) : null;

    private static DateTimeOffset? ExpiryOf(Message message, DateTimeOffset? enqueued)
    {
        if (message.Header is { } header && header.HasField(2) && enqueued is { } from)
        {
            return from.AddMilliseconds(header.Ttl);
        }

        return null;
    }
}
