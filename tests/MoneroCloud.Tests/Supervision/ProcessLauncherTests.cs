using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ProcessLauncherTests
{
    [Fact]
    public void What_stands_in_a_variable_for_the_agent_alone_is_handed_to_no_child()
    {
        var folder = TestRun.NewFolder("launcher");
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
        foreach (var name in new[] { "LAUNCHER_WEBHOOK", "LAUNCHER_LOGIN", "LAUNCHER_PASSWORD", "LAUNCHER_OTHER" })
        {
            Environment.SetEnvironmentVariable(name, "value");
        }

        var node = new NodeConfig
        {
            Name = NodeName.Parse("main"),
            Kind = NodeKind.WalletRpc,
            Program = "/bin/sleep",
            Arguments = ["600"],
            Port = 1,
            Folder = folder,
            Login = new Secret("env:LAUNCHER_LOGIN", "a:b"),
            Wallet = new WalletConfig("alice", new Secret("env:LAUNCHER_PASSWORD", "value"), folder),
        };
        var config = new AgentConfig
        {
            File = "agent.json",
            Agent = NodeName.Parse("host"),
            StateFolder = folder,
            Nodes = [node],
            Webhook = new Secret("env:LAUNCHER_WEBHOOK", "value"),
        };

        var started = Assert.IsType<SpawnResult.Started>(new ProcessLauncher(folder, () => config).Launch(node, "host.main:i:r"));
        try
        {
            // The child shows none until its exec is through.
            string[] given = [];
            Assert.True(SpinWait.SpinUntil(() => (given = File.ReadAllText($"/proc/{started.Pid}/environ").Split('\0')).Length > 1, TimeSpan.FromSeconds(10)));
            Assert.Equal(["LAUNCHER_OTHER=value"], given.Where(v => v.StartsWith("LAUNCHER_", StringComparison.Ordinal)));
        }
        finally
        {
            Children.Abandon(started.Pid);
            started.PidFd.Dispose();
        }
    }
}
