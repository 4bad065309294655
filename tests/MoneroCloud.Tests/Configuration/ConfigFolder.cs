using System.Collections.Immutable;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A real folder with agent.json, secrets and stand-ins for both programs, and the facts of a host that knows only them.</summary>
internal sealed class ConfigFolder
{
    /// <summary>The one node of most tests; it is valid.</summary>
    public const string Wallet = """{ "name": "main", "kind": "walletRpc", "port": 18210, "arguments": ["--wallet-dir", "w", "--disable-rpc-login"] }""";

    public const string Daemon = """{ "name": "daemon", "kind": "daemon", "port": 28081 }""";

    public ConfigFolder()
    {
        Folder = TestRun.NewFolder("config");
        SetMode("", "700");
        Directory.CreateDirectory(At("secrets"));
        Directory.CreateDirectory(At("bin"));
        Write("bin/monero-wallet-rpc", "#!/bin/sh", "755");
        Write("bin/monerod", "#!/bin/sh", "755");
        Write("secrets/login", "alice:hunter2\n");
        Write("secrets/password", "correct horse\n");
        Host = HostFacts.Read() with
        {
            HostName = "host-1",
            OutgoingPorts = new PortRange(32768, 60999, []),
            Variables = ImmutableDictionary<string, string>.Empty.Add("PATH", At("bin")).Add("HOME", At("home")),
        };
    }

    public string Folder { get; }

    public string File => At("agent.json");

    public HostFacts Host { get; set; }

    public string At(string name) => Path.Combine(Folder, name);

    public void Write(string name, string content, string mode = "600")
    {
        System.IO.File.WriteAllText(At(name), content);
        SetMode(name, mode);
    }

    public void SetMode(string name, string octal)
    {
        // The agent runs on Linux alone; the analyzer asks for the guard.
        if (OperatingSystem.IsLinux())
        {
            System.IO.File.SetUnixFileMode(At(name), (UnixFileMode)Convert.ToInt32(octal, 8));
        }
    }

    public ConfigResult Read(string json)
    {
        Write("agent.json", json);
        return AgentConfigReader.Read(File, Host);
    }

    /// <summary>Reads a file with these nodes, a line each from line 2 on.</summary>
    public ConfigResult ReadNodes(params string[] nodes) => Read("{ \"nodes\": [\n" + string.Join(",\n", nodes) + "\n] }");

    /// <summary>Reads a file that must be valid.</summary>
    public AgentConfig Accept(string json) => Accepted(Read(json)).Config;

    public NodeConfig AcceptNode(params string[] nodes) => Accepted(ReadNodes(nodes)).Config.Nodes[0];

    public string[] Warnings(params string[] nodes) => [.. Accepted(ReadNodes(nodes)).Warnings.Select(Shown)];

    /// <summary>What is wrong with a file that must be refused, without this folder's own path.</summary>
    public string[] Errors(string json) => Refused(Read(json));

    public string[] NodeErrors(params string[] nodes) => Refused(ReadNodes(nodes));

    /// <summary>What <see cref="ConfigExample"/> names.</summary>
    public void WriteExampleSecrets()
    {
        Write("secrets/main.login", "user:password\n");
        Write("secrets/alice.password", "a\n");
        Write("secrets/shop.password", "b\n");
    }

    public string[] Refused(ConfigResult result) => [.. Assert.IsType<ConfigResult.Refused>(result).Errors.Select(Shown)];

    private ConfigResult.Ok Accepted(ConfigResult result) => result switch
    {
        ConfigResult.Ok ok => ok,
        _ => throw new Xunit.Sdk.XunitException(string.Join('\n', Refused(result))),
    };

    private string Shown(ConfigError error) => error.ToString().Replace(Folder + "/", "", StringComparison.Ordinal);
}
