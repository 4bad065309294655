using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The agent's folder of journal, events, logs and control socket: 0700, held by one agent at a time.</summary>
internal static class StateFolder
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // A child between fork and exec holds a dead agent's lock for a moment longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    /// <summary>Makes what is missing. Null is success, otherwise what cannot be done.</summary>
    public static string? Prepare(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, Private | UnixFileMode.GroupExecute | UnixFileMode.GroupRead);
            }

            Directory.CreateDirectory(Path.Combine(folder, "logs"), Private);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot use the state folder {folder}: {e.Message}";
        }
    }

    /// <summary>
    /// Who can write there gives the agent orders (enrolment.json says whose it takes), or has it append to a file of his choice. Null where that is root or the agent's own user alone,
    /// otherwise what is wrong.
    /// </summary>
    public static string? Distrust(string folder) => new[] { folder, Path.Combine(folder, "logs") }.Select(Problem).FirstOrDefault(p => p is not null);

    private static string? Problem(string folder) => FileStatus.Of(folder) switch
    {
        { Owner: var owner } when owner != 0 && owner != FileStatus.EffectiveUser => $"{folder} belongs to user {owner}; it must belong to root or to the agent's own user",
        { Mode: var mode } when (mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0 => $"{folder} can be written by group or others, and whoever writes there gives the agent orders: chmod go-w {folder}",
        _ => null,
    };

    /// <summary>The lock, or who has it: another agent.</summary>
    public static async Task<(FileLock? Held, string Refusal)> TryHoldAsync(string folder, TimeProvider time)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (FileLock.TryTake(LockFile(folder), out var refusal) is { } held)
            {
                return (held, "");
            }

            if (time.GetElapsedTime(began) > Patience)
            {
                return (null, refusal);
            }

            await Task.Delay(Again, time);
        }
    }

    private static string LockFile(string folder) => Path.Combine(folder, Names.StateLock);
}
