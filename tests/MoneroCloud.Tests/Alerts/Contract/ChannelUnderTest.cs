using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Alerts;

/// <summary>A channel and a real receiver for it.</summary>
internal abstract class ChannelUnderTest : IAsyncDisposable
{
    /// <summary>The channel's secrets, as they are sent or used.</summary>
    public abstract IReadOnlyList<string> Secrets { get; }

    /// <summary>A message is never longer.</summary>
    public abstract int MostBytes { get; }

    /// <summary>What the receiver asks for in <see cref="ReceiverMood.AsksToWait"/>; null where the channel knows no such thing.</summary>
    public abstract TimeSpan? AskedWait { get; }

    /// <summary>Whether what a receiver says is in the result; else nothing of it can be.</summary>
    public virtual bool TellsWhatIsSaid => true;

    /// <summary>Part of what a receipt says.</summary>
    public abstract string ReceiptPart { get; }

    /// <summary>Every message that came whole, whatever was answered.</summary>
    public abstract IReadOnlyList<ReceivedMessage> Received { get; }

    /// <param name="deadline">Of one try; null for the usual.</param>
    public abstract INotifier New(TimeSpan? deadline = null);

    /// <summary>The same channel where nobody listens.</summary>
    public abstract INotifier AtAClosedPort();

    public abstract void Be(ReceiverMood mood);

    public abstract ValueTask DisposeAsync();
}
