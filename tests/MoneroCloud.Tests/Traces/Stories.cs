namespace MoneroCloud.Tests;

/// <summary>The kinds of story that are told, each by its seed.</summary>
internal static class Stories
{
    /// <summary>A wallet that works, waits for a slow or silent daemon, and is never hung: a refresh of 30 s to 4 h, in any phase of the checks.</summary>
    public static Story Sync(VersionClass version, int seed)
    {
        var writer = new StoryWriter(seed);
        return writer.Idle(writer.Between(11, 40)).Sync(version, writer.Scaled(30, 4 * 3600)).Idle(30).End(version);
    }

    /// <summary>A daemon that hangs, or whose host does not answer, for 5 s to 3 h, under a wallet that follows it; or a long call.</summary>
    public static Story DaemonHang(int seed)
    {
        var writer = new StoryWriter(seed);
        writer.Idle(writer.Between(11, 40));
        _ = writer.OneOf([0, 0, 1, 2]) switch
        {
            0 => writer.DaemonHang(RecordedTraces.DaemonHung, writer.Scaled(5, 3 * 3600)),
            1 => writer.DaemonHang(RecordedTraces.DaemonUnreachable, writer.Scaled(5, 3600)),
            _ => writer.Deaf(writer.OneOf(RecordedTraces.OpenWallet), writer.Scaled(1, 60)),
        };
        return writer.Idle(30).End(VersionClass.Unchunked);
    }

    /// <summary>A wallet that idles, or is in the middle of a refresh, and then hangs for good.</summary>
    public static Story TrueHang(HangKind kind, bool syncing, int seed)
    {
        var writer = new StoryWriter(seed);
        writer.Idle(writer.Between(25, 60));
        if (syncing)
        {
            writer.Sync(writer.OneOf([VersionClass.ChunkedWithWindows, VersionClass.Unchunked]), writer.Scaled(5, 600));
        }

        return writer.Hang(kind, 400).End(VersionClass.ChunkedWithWindows);
    }
}
