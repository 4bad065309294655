using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>What anybody who may speak to the agent can send it: it answers clearly and lives.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class ControlSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_no_request_is_refused_with_a_reason_and_the_agent_goes_on()
    {
        await using var agent = AgentUnderTest.Create("garbage", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        var pid = (await agent.UntilUpAsync("plain", Cancellation)).Pid;
        string[] garbage =
        [
            "\n", "hello\n", "null\n", "[]\n", "{}\n", "\"check\"\n", "{\"verb\":\"fly\"}\n", "{\"verb\":99}\n", "{\"verb\":\"check\",\"method\":99}\n",
            "{\"verb\":\"check\",\"node\":7}\n", "{\"verb\":\"check\",\"lines\":99999999999}\n", "{\"verb\":\"status\"}\n",
            "{\"verb\":\"check\",\"node\":\"no such node\"}\n", "{\"verb\":\"logs\"}\n" + "more\n", new string('[', 2000) + "\n", new string('x', 5000) + "\n",
            new string(' ', 100_000) + "\n", "\0\0\0\n", "GET / HTTP/1.1\r\n\r\n",
        ];
        foreach (var text in garbage)
        {
            var reply = await SayAsync(agent, Encoding.UTF8.GetBytes(text));
            if (text.Contains("logs", StringComparison.Ordinal))
            {
                Assert.Contains("\"done\"", reply, StringComparison.Ordinal);
                continue;
            }

            var refusal = JsonNode.Parse(reply.Length == 0 ? "{}" : reply);
            Assert.True(refusal?["reply"]?.GetValue<string>() == "refused", $"to {text[..Math.Min(60, text.Length)]}: {reply}\n{agent.Output}");
            Assert.Equal(2, refusal["exit"]!.GetValue<int>());
            Assert.NotEmpty(refusal["message"]!.GetValue<string>());
        }

        Assert.Contains("refused", await SayAsync(agent, [0xFF, 0xFE, 0xC0, (byte)'\n']), StringComparison.Ordinal);
        Assert.Equal(pid, (await agent.UntilUpAsync("plain", Cancellation)).Pid);
        Assert.DoesNotContain("failed to", agent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_socket_is_for_the_user_and_the_group_and_the_rest_of_the_state_folder_for_the_user()
    {
        await using var agent = AgentUnderTest.Create("modes", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        await agent.UntilUpAsync("plain", Cancellation);

        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Mine | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(Path.Combine(agent.StateFolder, Names.ControlSocket)));
        foreach (var file in new[] { Names.JournalFile, Names.EventsFile, Path.Combine("logs", "plain.log") })
        {
            Assert.Equal(Mine, File.GetUnixFileMode(Path.Combine(agent.StateFolder, file)));
        }

        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(agent.StateFolder) & (UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute));
    }

    [Fact]
    public async Task Followers_and_silent_callers_that_hang_up_do_not_hold_the_agent_up()
    {
        await using var agent = AgentUnderTest.Create("follow", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        var before = (await agent.UntilUpAsync("plain", Cancellation)).Pid!.Value;
        var descriptors = Descriptors(agent.Pid);
        for (var n = 0; n < 50; n++)
        {
            using var follower = await ConnectAsync(agent);
            await follower.SendAsync("{\"verb\":\"events\",\"follow\":true}\n"u8.ToArray(), Cancellation);
            using var silent = await ConnectAsync(agent);
        }

        using var stays = await ConnectAsync(agent);
        await stays.SendAsync("{\"verb\":\"events\",\"follow\":true,\"lines\":1}\n"u8.ToArray(), Cancellation);
        using var reader = new StreamReader(new NetworkStream(stays));
        Assert.Contains("\"event\"", await reader.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        await Wallets.ReadyForASecondAsync(agent, "plain", Cancellation);
        AgentUnderTest.Send(before, Signals.Kill);
        Assert.Contains("exited", await reader.ReadLineAsync(Cancellation).AsTask().WaitAsync(Patience, TimeProvider.System, Cancellation), StringComparison.Ordinal);
        await agent.UntilAsync("plain", s => s.Worked && s.Pid != before, Cancellation);
        await agent.UntilAsync(() => Descriptors(agent.Pid) < descriptors + 50, "their connections are closed", Cancellation);

        // Nor does one that stays, when the agent leaves.
        var leaving = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await agent.EndAsync(Signals.Terminate, Cancellation));
        Assert.InRange(TimeProvider.System.GetElapsedTime(leaving), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.DoesNotContain("failed to", agent.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(agent.StateFolder, Names.ControlSocket)));
    }

    private static int Descriptors(int pid) => Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Count();

    private static async Task<string> SayAsync(AgentUnderTest agent, byte[] text)
    {
        using var socket = await ConnectAsync(agent);
        using var reader = new StreamReader(new NetworkStream(socket));
        var sending = SendAsync(socket, text);
        try
        {
            return await reader.ReadToEndAsync(Cancellation).WaitAsync(Patience, TimeProvider.System, Cancellation);
        }
        finally
        {
            await sending;
        }
    }

    private static async Task SendAsync(Socket socket, byte[] text)
    {
        try
        {
            for (var sent = 0; sent < text.Length;)
            {
                sent += await socket.SendAsync(text.AsMemory(sent), Cancellation);
            }
        }
        catch (SocketException)
        {
            // It had read enough.
        }
    }

    private static async Task<Socket> ConnectAsync(AgentUnderTest agent)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        // In the way of a command line: it waits for its turn where the queue is full.
        await Task.Run(() => socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(agent.StateFolder, Names.ControlSocket))), Cancellation);
        return socket;
    }
}
