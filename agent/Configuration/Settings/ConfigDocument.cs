using System.Globalization;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>docs/configuration.md, made from the settings, so that it cannot say something else than the reader does.</summary>
internal static class ConfigDocument
{
    private const string Opening =
        """
        # agent.json

        <!-- Made from the settings in agent/Configuration/Settings; a test compares. MONEROCLOUD_APPROVE=1 writes it again. -->

        The one file of an agent: what it supervises, and how. JSON with `//` and `/* */` comments and trailing commas, UTF-8, at most 1 MiB.
        `--config FILE`, else `MONEROCLOUD_CONFIG`, else `/etc/monerocloud/agent.json`. A schema for editors: `docs/agent.schema.json`, or `monerocloud config schema`.

        `monerocloud config check` reports everything that is wrong at once, each with its line:
        `agent.json:12: nodes[1].port: 80000 is out of range, 1 to 65535`. An unknown key is an error. A reload that is refused changes nothing.

        Relative paths are relative to the file's own folder (links resolved). Durations are whole numbers with `ms`, `s`, `m` or `h`.
        The file and its folder must belong to root or to the agent's user, and group and others may not write them: they decide what the agent runs.
        """;

    private const string Secrets =
        """
        ## Secrets

        No secret stands in this file. `file:PATH` is a file of at most 64 KiB with one line of text that group and others cannot open (mode 0600);
        `env:NAME` is a variable of the agent's own environment. One line feed at the end does not count, so a file with only that is an empty password.
        Secrets are read at start and at every reload. No message, log or report shows them.
        """;

    private const string Watched =
        """
        ## Watched nodes

        With `"manage": "watch"` the agent diagnoses a process that somebody else runs, and leaves it alone. It is found as the main process of its
        `unit`, where one is named, else as the owner of its port, again and again while it is not there. The agent never signals it, not even
        SIGCONT, never opens its wallet, and leaves it running at `monerocloud down`. `start`, `stop` and `restart` go through `systemctl` with the
        `unit`; without one they are refused, and what a restart would cure is an alert.

        It has `unit`, `unitManager`, `host`, `tls` and `logFile`, `wallet.folder` and `wallet.atStart`, since there are no arguments to read. `program`,
        `arguments`, `environment`, `folder`, `stopBudget` and `wallet.password` are refused. `login` is needed where its RPC wants one.
        [Watching what others run](operations.md#watching-what-others-run) says what is seen of containers and of other users' processes.
        """;

    private const string Tls =
        """
        ## TLS

        With `--rpc-ssl enabled` the agent asks by TLS and accepts only a certificate that is vouched for: by `tlsFingerprint`, by `tlsCaFile`, or by the
        machine's roots where neither is given. There is no way to accept any. What is refused is the condition BadAnswer, with the reason and, for a
        fingerprint, the one that was shown; the process goes on. Give the program its certificate (`--rpc-ssl-certificate` and `--rpc-ssl-private-key`): the one it
        makes by itself is another at each start. With `--rpc-ssl autodetect`, the program's default, and `disabled` it is asked without TLS.
        """;

    private const string Arguments =
        """
        ## Arguments

        Both `--x=y` and `--x y` are understood, and relative paths in them are relative to `folder`. The agent adds what is missing: `--rpc-bind-port`
        from `port`, `--daemon-address` from `daemon`, `--password-file` from `wallet.password` with `--wallet-file`, and `--non-interactive`.
        What the arguments say twice must be equal. Options must be written in full, for both programs take `--rpc-log` for `--rpc-login`.
        `--rpc-bind-ip` must be an IP address. The RPC counts as TLS with `--rpc-ssl enabled`.
        A walletRpc node needs exactly one of `--wallet-dir`, `--wallet-file` and `--generate-from-json`, unless `--config-file` is given.

        These are refused:

        | argument | because it |
        |---|---|
        """;

    /// <summary>With a last line feed.</summary>
    public static string Text()
    {
        var text = new StringBuilder(Opening).Append("\n\n```jsonc\n").Append(ConfigExample.Text).Append("\n```\n");
        SettingTable.Append(text, "## The file", AgentSettings.Shape.Settings);
        SettingTable.Append(text, "## nodes[]", NodeSettings.Shape.Settings, NodeSettings.Wallet);
        text.Append('\n').Append(Watched).Append("\n\n```jsonc\n").Append(ConfigExample.Watched).Append("\n```\n");
        text.Append('\n').Append(Secrets).Append("\n\n").Append(Tls).Append("\n\n").Append(Arguments).Append('\n');
        foreach (var option in ProgramOption.All.Where(o => o.Refusal is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{option.Name}` | {option.Refusal} |\n");
        }

        foreach (var section in AgentSettings.Shape.Settings.Where(s => s.Shape is ValueShape.Group))
        {
            SettingTable.Append(text, $"## {section.Key}\n\n{section.Description}", ((ValueShape.Group)section.Shape).Settings);
        }

        return text.ToString();
    }
}
