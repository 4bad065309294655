using System.Net.Sockets;
using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// One agent whose nodes are each in another row of the diagnosis table. They share it, and the time that the smallest budgets take, since the
/// whole table one after another would take minutes.
/// </summary>
public abstract class RowsAgent : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal AgentUnderTest Agent { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Agent = AgentUnderTest.Create("rows");
        try
        {
            Directory.CreateDirectory(Path.Combine(Agent.Folder, "wallets"));
            var nodes = await PrepareAsync();
            Agent.Configure(Tune, nodes);
            await Agent.StartAsync(Cancellation);
            await BeginAsync();
        }
        catch
        {
            // Nobody disposes what did not come to be.
            await DisposeAsync();
            throw;
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The process of this node was never stopped, nor has it ended, nor was it signalled.</summary>
    internal async Task MustBeLeftAloneAsync(string node, int? pid)
    {
        var events = await Agent.EventsAsync(node, Cancellation);
        Assert.Equal([pid!.Value], Agent.ProcessesOf(node));
        Assert.Equal(pid, Assert.Single(events.Select(e => e.Fact).OfType<NodeFact.Spawned>()).Pid);
        Assert.DoesNotContain(events, e => e.Fact is NodeFact.Stopping or NodeFact.Exited or NodeFact.Signalled);
    }

    /// <summary>Until the look of the moment and the node's health both say so.</summary>
    internal Task<NodeStatus> UntilAsync(string node, Condition condition, HealthState state) =>
        Agent.UntilAsync(node, s => (s.Condition, s.State) == (condition, state), Cancellation);

    /// <summary>A check of one node by an agent that may open no more than a few descriptors; null when it had not even what an answer takes.</summary>
    internal async Task<NodeStatus?> StatusWithoutDescriptorsAsync(string node, int spare, CancellationToken cancellation)
    {
        var before = Descriptors();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(Agent.StateFolder, Names.ControlSocket)), cancellation);
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);

        var status = new ControlRequest { Verb = ControlVerb.Check, Node = node, Method = CheckMethod.Full };
        await Agent.UntilAsync(() => Descriptors() > before, "the agent has accepted", cancellation);
        using var limit = DescriptorLimit.Take(Agent.Pid, spare);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            await stream.WriteAsync(ControlLine.Of(status), patience.Token);
            while (await reader.ReadLineAsync(patience.Token) is { } line)
            {
                if (ControlLine.TryParseReply(line) is ControlReply.NodeLine reply)
                {
                    return reply.Node;
                }
            }
        }
        catch (Exception without) when (without is OperationCanceledException or IOException)
        {
            // The agent had none for what it does between.
        }

        return null;

        int Descriptors() => Directory.GetFiles($"/proc/{Agent.Pid}/fd").Length;
    }

    /// <summary>Asks the node as its callers do, and whatever comes of it is nobody's business.</summary>
    internal static async Task AskAsync(int port, string method, string parameters = "{}")
    {
        try
        {
            await RawRpc.CallAsync(new Uri($"http://127.0.0.1:{port}"), method, parameters);
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            // It is meant to end up without an answer.
        }
    }

    private protected abstract Task<NodeUnderTest[]> PrepareAsync();

    private protected virtual void Tune(JsonObject config)
    {
    }

    private protected virtual Task BeginAsync() => Task.CompletedTask;
}
