using System.Globalization;

namespace MoneroCloud.Watchdog;

/// <summary>What /proc says. A process that ended meanwhile, or that we may not read, has nothing to say.</summary>
internal static class ProcessTable
{
    public static IEnumerable<int> Pids() =>
        Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0);

    public static byte[] Environ(int pid) => Read(pid, "environ");

    /// <summary>For a person: name and arguments.</summary>
    public static string Describe(int pid)
    {
        var arguments = Text(pid, "cmdline").Replace('\0', ' ').Trim();
        var shown = arguments.Length <= 200 ? arguments : arguments[..200] + "...";
        return $"{pid} {Text(pid, "comm").Trim()}: {shown}";
    }

    private static string Text(int pid, string file) => System.Text.Encoding.UTF8.GetString(Read(pid, file));

    private static byte[] Read(int pid, string file)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{pid}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
