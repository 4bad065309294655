using System.Globalization;
using System.Net;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What the start of the program depends on, read and checked before anything is opened.</summary>
internal abstract record StartUp
{
    public const string ListenSetting = "LISTEN";

    public const string ListenOption = "--listen";

    private const string DefaultListen = "127.0.0.1:7071";

    private StartUp()
    {
    }

    /// <summary>All is well.</summary>
    public sealed record Ready(HostMode Mode, HostFile Host, IReadOnlyList<FunctionFile> Functions) : StartUp
    {
        /// <summary>From one probe to the next.</summary>
        public TimeSpan ProbePeriod(DateTimeOffset now) =>
            Functions.Select(f => f.Trigger).OfType<TriggerBinding.Timer>().Zip(Functions.Where(f => f.Trigger is TriggerBinding.Timer), (timer, function) => (timer, function.Name))
                .Where(t => t.Name == "probe" && TimerSchedule.TryParse(t.timer.Schedule, out _, out _))
                .Select(t => TimerSchedule.TryParse(t.timer.Schedule, out var schedule, out _) ? schedule!.Period(now) : TimeSpan.Zero)
                .DefaultIfEmpty(TimeSpan.FromMinutes(1))
                .First();
    }

    /// <summary>A setting, an argument or a file of the app is wrong; the error names it, its value and what is allowed.</summary>
    public sealed record Refused(string Error) : StartUp;

    /// <param name="root">The folder of host.json, which is the program's own.</param>
    /// <param name="configured">Where the configuration says that the standalone monitor listens; null where it says nothing.</param>
    public static StartUp Read(IReadOnlyList<string> arguments, AppSettings settings, string root, IPEndPoint? configured = null) =>
        !TryMode(arguments, settings, configured, out var mode, out var error) || !HostFile.TryRead(root, out var host, out error) ||
        !FunctionFolders.TryRead(root, Schedules.Of(mode!, settings), out var functions, out error)
            ? new Refused(error)
            : new Ready(mode!, host!, functions);

    private static bool TryMode(IReadOnlyList<string> arguments, AppSettings settings, IPEndPoint? configured, out HostMode? mode, out string error)
    {
        mode = null;
        if (settings[Names.HandlerPortVariable] is { } port)
        {
            // NumberStyles.None: a sign or a blank would be another program's idea of a port.
            if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > IPEndPoint.MaxPort)
            {
                error = $"{Names.HandlerPortVariable} is \"{port}\": it has to be a port between 1 and {IPEndPoint.MaxPort}";
                return false;
            }

            mode = new HostMode.Handler { Listen = new IPEndPoint(IPAddress.Loopback, number) };
        }

        return TryListen(arguments, settings, configured, ref mode, out error);
    }

    private static bool TryListen(IReadOnlyList<string> arguments, AppSettings settings, IPEndPoint? configured, ref HostMode? mode, out string error)
    {
        var (name, value) = (ListenSetting, settings[ListenSetting] ?? configured?.ToString() ?? DefaultListen);
        switch (arguments)
        {
            case []:
                break;
            case [ListenOption, var given]:
                (name, value) = (ListenOption, given);
                break;
            default:
                error = $"{string.Join(' ', arguments)}: not known; {ProgramArguments.Usage}";
                return false;
        }

        error = "";
        if (mode is not null)
        {
            return true;
        }

        if (!IPEndPoint.TryParse(value, out var listen) || listen.Port == 0)
        {
            error = $"{name} is \"{value}\": it has to be ADDRESS:PORT with an IP address and a port between 1 and {IPEndPoint.MaxPort}, as {DefaultListen}";
            return false;
        }

        mode = new HostMode.Standalone { Listen = listen };
        return true;
    }
}
