using System.Collections.Immutable;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>What happens to one wallet from beginning to end, made of recorded pieces: what its host shows at any moment, and when its RPC answers.</summary>
internal sealed record Story
{
    public required ImmutableArray<StoryPart> Parts { get; init; }

    /// <summary>In order, apart from each other.</summary>
    public required ImmutableArray<(long From, long To)> Deaf { get; init; }

    public required long Length { get; init; }

    /// <summary>As get_version answers.</summary>
    public required int Version { get; init; }

    public DaemonSighting Daemon { get; init; }

    /// <summary>Of looks that our own side fails.</summary>
    public double LostLooks { get; init; }

    /// <summary>Connections of others that wait in the accept queue while it is deaf.</summary>
    public int Others { get; init; }

    public bool WalletFileMode { get; init; }

    /// <summary>The age of the process when the story begins.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromHours(1);

    /// <summary>When it hangs for good; null when it never does.</summary>
    public long? HangsAt { get; init; }

    public StoryPart PartAt(long at)
    {
        var (low, high) = (0, Parts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Parts[middle].Start <= at ? (middle, high) : (low, middle - 1);
        }

        return Parts[low];
    }

    /// <summary>When a request that comes now is answered; null: never.</summary>
    public long? Answered(long at)
    {
        var (low, high) = (0, Deaf.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Deaf[middle].To <= at ? (middle + 1, high) : (low, middle);
        }

        return low == Deaf.Length || Deaf[low].From > at ? at : Deaf[low].To == long.MaxValue ? null : Deaf[low].To;
    }

    /// <summary>Its connections to the daemon, as sock_diag tells them.</summary>
    public static IReadOnlyList<Connection> Links(StoryPart part, long at)
    {
        var local = part.Local(at);
        return [.. (part.Piece.At(local).Links ?? []).Select(link => Connection(part, at, local, link))];
    }

    private static Connection Connection(StoryPart part, long at, long local, TraceLink link)
    {
        var received = part.ReceivedBefore is { } before ? at - part.Start + before : (long)(part.Piece.Ago(local, link.Received) * part.Stretch);
        var sent = part.ReceivedBefore is not null ? received : (long)(part.Piece.Ago(local, link.Sent) * part.Stretch);
        return new Connection(default, 0, 0, 0, TimeSpan.FromMilliseconds(sent), TimeSpan.FromMilliseconds(received))
        {
            Acknowledged = link.Acked,
            Received = link.Bytes,
            Opening = link.Connecting,
        };
    }
}
