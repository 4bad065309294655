using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The running agent: all nodes of one configuration, and what can be asked of them as a whole.</summary>
internal sealed class Agent : IAsyncDisposable
{
    private readonly SemaphoreSlim _reloading = new(1, 1);
    private readonly CancellationTokenSource _leaving = new();
    private readonly NodeContext _context;
    private readonly AgentConfigSource _source;
    private ImmutableSortedDictionary<NodeName, NodeSupervisor> _nodes;
    private volatile AgentConfig _config;

    public Agent(AgentConfigSource source, AgentConfig config, Func<Func<AgentConfig>, NodeContext> compose)
    {
        _source = source;
        _config = config;
        _context = compose(() => _config);
        _nodes = config.Nodes.ToImmutableSortedDictionary(n => n.Name, n => new NodeSupervisor(n, _context));
    }

    /// <summary>After a reload that was not refused, on its thread.</summary>
    public event Action? Reloaded;

    public AgentConfig Config => _config;

    public EventLog Events => _context.Events;

    public ProcessLauncher Launcher => _context.Launcher;

    public ImmutableSortedDictionary<NodeName, NodeSupervisor> Nodes => _nodes;

    /// <summary>Looks for the children of earlier agents, then starts what is wanted.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        var found = await Adoption.FindAsync(_context, _config, cancellation);
        foreach (var node in _nodes.Values)
        {
            node.Begin(found.GetValueOrDefault(node.Name));
        }
    }

    /// <summary>Takes the configuration file anew. A bad one is refused as a whole and the present one stays; only nodes that changed are touched.</summary>
    /// <returns>What was done, or why nothing was.</returns>
    public async Task<ReloadResult> ReloadAsync()
    {
        await _reloading.WaitAsync();
        try
        {
            _leaving.Token.ThrowIfCancellationRequested();
            var result = _source.Read() switch
            {
                ConfigResult.Refused refused => new ReloadResult.Refused([.. refused.Errors.Select(e => e.ToString())]),
                ConfigResult.Ok ok => Fixed(ok.Config) is { } fixedKey
                    ? new ReloadResult.Refused([$"{ok.Config.File}: {fixedKey} cannot be changed by a reload: 'monerocloud down' first, since an agent does not know the processes of another name, folder or file again"])
                    : await ApplyAsync(ok.Config),
                _ => throw new InvalidOperationException("a configuration is either good or refused"),
            };
            if (result is ReloadResult.Applied)
            {
                Reloaded?.Invoke();
            }

            return result;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            return new ReloadResult.Leaving();
        }
        finally
        {
            _reloading.Release();
        }
    }

    /// <summary>The agent leaves: from here on no reload begins, and one under way gives way, so that nothing is started that nobody would stop.</summary>
    public async Task EndReloadsAsync()
    {
        await _leaving.CancelAsync();
        await _reloading.WaitAsync();
        _reloading.Release();
    }

    /// <summary>Saves and stops all nodes side by side, after <see cref="EndReloadsAsync"/>; tells every 5 s whom it still waits for.</summary>
    public async Task DownAsync(Action<string> tell, CancellationToken cancellation)
    {
        foreach (var node in _nodes.Values)
        {
            node.Leave();
        }

        var all = Task.WhenAll(_nodes.Values.Select(n => n.WhenAsync(v => v.Process is null && v.IsDown, cancellation)));
        while (await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(5), _context.Clock.Provider, cancellation)) != all)
        {
            cancellation.ThrowIfCancellationRequested();
            tell($"still waiting for {string.Join(", ", _nodes.Values.Where(n => n.Current.Process is not null).Select(n => n.Name))} to save and stop");
        }

        await all;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Values.Select(n => n.DisposeAsync().AsTask()));
        _reloading.Dispose();
        _leaving.Dispose();
    }

    private string? Fixed(AgentConfig next) =>
        next.Agent != _config.Agent ? "agent"
        : next.StateFolder != _config.StateFolder ? "stateFolder"
        : null;

    private async Task<ReloadResult> ApplyAsync(AgentConfig next)
    {
        var before = _config;
        _config = next;
        var gone = before.Nodes.Where(n => next.Find(n.Name) is null).Select(n => n.Name).ToImmutableArray();
        foreach (var name in gone)
        {
            await RemoveAsync(name);
        }

        var changed = new List<NodeName>();
        var anew = new List<NodeName>();
        foreach (var node in next.Nodes)
        {
            _leaving.Token.ThrowIfCancellationRequested();
            if (before.Find(node.Name) is not { } old)
            {
                Add(node);
            }
            else if (!old.IsFoundLike(node))
            {
                await ReplaceAsync(node);
                anew.Add(node.Name);
            }
            else
            {
                _nodes[node.Name].Configure(node);
                if (!old.RunsTheSameAs(node))
                {
                    changed.Add(node.Name);
                }
            }
        }

        var added = next.Nodes.Where(n => before.Find(n.Name) is null).Select(n => n.Name);
        return new ReloadResult.Applied([.. added], [.. changed], gone) { Anew = [.. anew] };
    }

    private void Add(NodeConfig node, AdoptableProcess? found = null, long observed = 0)
    {
        var supervisor = new NodeSupervisor(node, _context, observed);
        _nodes = _nodes.Add(node.Name, supervisor);
        supervisor.Begin(found);
    }

    /// <summary>
    /// From own to watched, back, or to another process: whatever runs is let go of as it is. As the agent's own it is taken only where it
    /// carries this agent's marker; any other that holds the port is shown as what it is, and no start is tried.
    /// </summary>
    private async Task ReplaceAsync(NodeConfig node)
    {
        var before = _nodes[node.Name];
        _nodes = _nodes.Remove(node.Name);
        await before.DisposeAsync();
        Add(node, node.Manage == NodeManage.Own ? Adoption.Find(_context, node.Name) : null, before.Current.Seen?.Seen.Number ?? 0);
    }

    private async Task RemoveAsync(NodeName name)
    {
        var supervisor = _nodes[name];
        supervisor.Leave();
        await supervisor.WhenAsync(v => v.Process is null && v.IsDown, _leaving.Token);
        _nodes = _nodes.Remove(name);
        await supervisor.DisposeAsync();
    }
}
