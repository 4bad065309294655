using System.CommandLine;

namespace MoneroCloud.Agent;

/// <summary><c>alerts</c> and <c>alerts test</c>: what was told, what is still to be, and whether a channel works.</summary>
internal static class AlertCommands
{
    public static Command Build(Option<string?> config, CommandShell shell)
    {
        var subject = IncidentCommands.Subject();
        var lines = new Option<int>("--lines", "-n") { Description = $"How many of each, 1 to {RemoteAlerts.Most}", DefaultValueFactory = _ => 50 };
        var json = MonitorCommands.Json("Machine-readable");
        var alerts = new Command("alerts", "Show what became of alerts over each channel: delivered, refused, or still on their way and why") { subject, lines, json };
        alerts.Validators.Add(result => LineCount.Validate(result, lines, RemoteAlerts.Most));
        MonitorCommands.On(alerts, config, shell, (monitor, parsed, cancellation) =>
            new RemoteAlerts(monitor).RunAsync(parsed.GetValue(subject), parsed.GetValue(lines), parsed.GetValue(json), cancellation));
        alerts.Subcommands.Add(Test(config, shell));
        return alerts;
    }

    private static Command Test(Option<string?> config, CommandShell shell)
    {
        var channel = new Option<string>("--channel") { Description = "As monitor.json names it", HelpName = "NAME", Required = true };
        var command = new Command("test", "Send a test over a channel, as any alert goes, and follow it; exit 0 delivered, 1 not yet, 2 refused") { channel };
        var wait = ForOption.On(command, "--wait", "How long it is followed, 1s to 10m (default 60s)", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
        var by = ByOption.On(command);
        return MonitorCommands.On(command, config, shell, (monitor, parsed, cancellation) => new RemoteAlertTest(monitor).RunAsync(
            parsed.GetValue(channel)!, by.Of(parsed, shell), wait.Of(parsed) ?? TimeSpan.FromSeconds(60), cancellation));
    }
}
