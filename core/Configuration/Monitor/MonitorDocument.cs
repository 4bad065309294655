using System.Globalization;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>docs/monitor.md, made from the settings, so that it cannot say something else than the reader does.</summary>
internal static class MonitorDocument
{
    private const string Opening =
        """
        # monitor.json

        <!-- Made from the settings in core/Configuration/Monitor; a test compares. MONEROCLOUD_APPROVE=1 writes it again. -->

        The one file of a monitor: which nodes it probes itself, how it judges, and where alerts go. JSON with `//` and `/* */` comments and trailing
        commas, UTF-8, at most 1 MiB. Without the file everything has its default. A schema for editors: `docs/monitor.schema.json`, or
        `monerocloud config schema --monitor`.

        `monerocloud config check --monitor FILE` validates it offline, with the overrides of its own environment, and reports everything that is wrong
        at once, each with its line: `monitor.json:12: probe.concurrency: 0 is out of range, 1 to 256`. An unknown key is an error.

        The monitor keeps the last one that was good, with its overrides, beside its state. A start with a bad one uses that, prints every error, sends one
        alert, and `/api/health` says `"reason":"configuration"` until a start with a good one. Where there is none yet, it is refused with exit code 2.

        Relative paths are relative to the file's own folder. Durations are whole numbers with `ms`, `s`, `m` or `h`.
        "Standalone" settings are without effect on Azure.
        """;

    private const string Nodes =
        """
        ## nodes

        Most nodes need not stand here: agents tell about theirs, and the monitor judges what they report. Here stand nodes without an agent,
        as `remote.NAME`, and the addresses at which the monitor shall probe an agent's node itself, as `AGENT.NAME`. Those addresses, what is trusted there
        and which login goes there never come from an agent. A name is 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit.
        """;

    private const string Secrets =
        """
        ## Secrets

        No secret stands in this file. `loginSecret` names a variable of the monitor's environment (on Azure an app setting, which may be a reference to a
        Key Vault) whose name begins with `NODE_LOGIN_`, so that the file cannot aim another secret of the monitor at an address. It holds
        `user:password`. One that is not set is warned of, and the node is probed without a login. No message, log or report shows it.

        Channels name theirs as `env:NAME`, where the name begins with `ALERT_` for the same reason. On Azure that is an app setting, best a reference to a Key
        Vault (`@Microsoft.KeyVault(SecretUri=...)`), which the platform turns into such a variable. `config check` warns of one that is not set or holds
        something else than is asked for; a monitor that lacks it is refused at the start, with its name.
        """;

    private const string Variables =
        """
        ## Variables

        Every single value can be overridden by an environment variable; lists, `nodes` among them, cannot. `Section__Key` is taken whatever its case, and
        an unknown one that begins with a section's name is refused. Those without a section must be spelled as they are here.

        | variable | key |
        |---|---|
        """;

    /// <summary>With a last line feed.</summary>
    public static string Text()
    {
        var text = new StringBuilder(Opening).Append("\n\n```jsonc\n").Append(MonitorExample.Text).Append("\n```\n");
        SettingTable.Append(text, "## The file", MonitorSettings.Shape.Settings, MonitorSettings.Bus);
        text.Append('\n').Append(Nodes).Append('\n');
        SettingTable.Append(text, "### remote.NAME", MonitorNodeSettings.Remote.Item.Settings, MonitorNodeSettings.Tls);
        SettingTable.Append(text, "### AGENT.NAME", MonitorNodeSettings.OfAgent.Item.Settings, MonitorNodeSettings.Tls);
        foreach (var section in MonitorSettings.Shape.Settings.Where(s => s.Shape is ValueShape.Group && s != MonitorSettings.Bus))
        {
            SettingTable.Append(text, $"## {section.Key}\n\n{section.Description}", ((ValueShape.Group)section.Shape).Settings);
            foreach (var list in ((ValueShape.Group)section.Shape).Settings.Where(s => s.Shape is ValueShape.Groups))
            {
                var item = ((ValueShape.Groups)list.Shape).Item.Settings;
                SettingTable.Append(text, $"### {section.Key}.{list.Key}[]", item, [.. item.Where(s => s.Shape is ValueShape.Group)]);
            }

            foreach (var list in ((ValueShape.Group)section.Shape).Settings.Where(s => s.Shape is ValueShape.Variants))
            {
                AppendVariants(text, $"{section.Key}.{list.Key}[]", (ValueShape.Variants)list.Shape);
            }
        }

        text.Append('\n').Append(Secrets).Append("\n\n").Append(Variables).Append('\n');
        foreach (var (section, setting) in SettingVariables.All(MonitorSettings.Shape))
        {
            var key = section is null ? setting.Key : $"{section.Key}.{setting.Key}";
            text.Append(CultureInfo.InvariantCulture, $"| `{SettingVariables.NameOf(section, setting)}` | `{key}` |\n");
        }

        return text.ToString();
    }

    private static void AppendVariants(StringBuilder text, string title, ValueShape.Variants list)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {title}\n\nEach says by `{list.Key}` what it is. How each is set up: [alerts.md](alerts.md).\n");
        foreach (var variant in list.Items)
        {
            SettingTable.Append(text, $"#### {variant.Name}\n\n{variant.Description}", variant.Item.Settings, [.. variant.Item.Settings.Where(s => s.Shape is ValueShape.Group)]);
        }
    }
}
