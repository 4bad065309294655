using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A test alert, followed until a channel took or refused it.</summary>
internal sealed class RemoteAlertTest(RemoteMonitor monitor)
{
    private const int Refused = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="wait">How long it is followed.</param>
    /// <returns>0 delivered, 1 not yet, or nobody could be asked, 2 refused, or hidden by a silence.</returns>
    public async Task<int> RunAsync(string channel, string? by, TimeSpan wait, CancellationToken cancellation)
    {
        var shell = monitor.Shell;
        var begun = shell.Time.GetTimestamp();
        var reply = await monitor.Client.Operators.TestAlertAsync(new AlertTestRequest { Channel = channel, By = by }, cancellation);
        if (reply is not MonitorReply<AlertTestAnswer>.Got { Value: var test })
        {
            return monitor.Fail(reply);
        }

        shell.Output.WriteLine(ShownText.Printable($"{channel}: test alert {test.Alert} is stored"));
        for (string? last = null; ; await Task.Delay(Pause, shell.Time, cancellation))
        {
            var (view, problem) = await LookAsync(test, channel, cancellation);
            if (view is not null && AlertText.IsOver(view))
            {
                return Ended(channel, view);
            }

            if (shell.Time.GetElapsedTime(begun) >= wait)
            {
                return shell.Fail(ExitCode.Failed, ShownText.Printable(
                    $"{channel}: after {Words.Duration(wait)}: {problem ?? (view is null ? "nothing is known of it" : AlertText.Of(view))}; the monitor goes on with it, 'monerocloud alerts --subject {test.Subject}' shows how far it is"));
            }

            var trouble = problem ?? view?.Trouble;
            if (trouble is not null && trouble != last)
            {
                shell.Output.WriteLine(ShownText.Printable($"{channel}: {problem ?? AlertText.Of(view!)}"));
            }

            last = trouble;
        }
    }

    private int Ended(string channel, AlertView view)
    {
        var text = ShownText.Printable($"{channel}: {AlertText.Of(view)}");
        if (view.Status != AlertStatus.Delivered)
        {
            return monitor.Shell.Fail(Refused, text);
        }

        monitor.Shell.Output.WriteLine(text);
        return ExitCode.Working;
    }

    /// <summary>A monitor that cannot be asked for a moment does not end the following.</summary>
    private async Task<(AlertView? View, string? Problem)> LookAsync(AlertTestAnswer test, string channel, CancellationToken cancellation) =>
        await monitor.Client.Operators.AlertsAsync(test.Subject, test.Alert, 10, cancellation) switch
        {
            MonitorReply<AlertList>.Got { Value: var list } => (list.Ended.Concat(list.Pending).FirstOrDefault(a => a.Channel == channel || a.Status == AlertStatus.Hidden), null),
            MonitorReply<AlertList>.Refused refused => (null, refused.Text),
            MonitorReply<AlertList>.NoAnswer none => (null, $"the monitor {none.Reason}"),
            _ => (null, null),
        };
}
