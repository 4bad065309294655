using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Who can write agent.json decides what the agent executes, and it may be root. So the file and its folder must be in the hands of root or of the agent's own user.
/// </summary>
internal static class FileTrust
{
    private const UnixFileMode Foreign = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public static void Check(string file, HostFacts host, ConfigErrors errors)
    {
        Check(file, "this file", host, errors);
        var folders = new[] { Path.GetDirectoryName(Path.GetFullPath(file)), Path.GetDirectoryName(FileStatus.Canonical(file)) };
        foreach (var folder in folders.OfType<string>().Distinct())
        {
            Check(folder, $"its folder {folder}", host, errors);
        }
    }

    private static void Check(string path, string subject, HostFacts host, ConfigErrors errors)
    {
        if (FileStatus.Of(path) is not { } facts)
        {
            return;
        }

        if (facts.Owner != 0 && facts.Owner != host.User)
        {
            errors.Refuse(1, "", $"{subject} belongs to user {facts.Owner}; it must belong to root or to the agent's own user");
        }

        // In a sticky folder, such as /tmp, only its owner replaces a file.
        var sticky = facts.Kind == FileKind.Folder && facts.Mode.HasFlag(UnixFileMode.StickyBit);
        if ((facts.Mode & Foreign) != 0 && !sticky)
        {
            errors.Refuse(1, "", $"{subject} can be written by group or others, and whoever writes it decides what the agent runs: chmod go-w {path}");
        }
    }
}
