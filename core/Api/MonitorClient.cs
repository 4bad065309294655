using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Core;

/// <summary>
/// A client of a monitor's HTTP API. Every failure is a value; only cancellation by the caller throws. An order is sent once: one that got no
/// answer may have been taken. For use by many at once.
/// </summary>
public sealed class MonitorClient : IDisposable
{
    /// <summary>The longest that the monitor itself waits for an agent, in one call.</summary>
    public static TimeSpan MaxWait { get; } = TimeSpan.FromSeconds(25);

    private readonly MonitorConnection connection;

    /// <param name="time">Null is the system's.</param>
    /// <exception cref="ArgumentException">The target is none that may be asked: <see cref="MonitorTarget.Problem"/>.</exception>
    public MonitorClient(MonitorTarget target, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        (Address, Time) = (target.Address, time ?? TimeProvider.System);
        connection = new MonitorConnection(target, null, Time);
        Operators = new OperatorCalls(connection);
    }

    /// <param name="http">
    /// Stays the caller's. It should not follow redirects, since the key would go along; an answer that came by one is not taken. Its own
    /// timeout counts beside the target's deadline.
    /// </param>
    /// <inheritdoc cref="MonitorClient(MonitorTarget, TimeProvider?)"/>
    public MonitorClient(MonitorTarget target, HttpClient http, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(http);
        (Address, Time) = (target.Address, time ?? TimeProvider.System);
        connection = new MonitorConnection(target, http, Time);
        Operators = new OperatorCalls(connection);
    }

    public Uri Address { get; }

    /// <summary>Incidents, silences and alerts.</summary>
    public OperatorCalls Operators { get; }

    internal TimeProvider Time { get; }

    /// <summary>The health; needs no key. One that is not good is an answer too.</summary>
    public Task<MonitorReply<HealthView>> HealthAsync(CancellationToken cancellation = default) =>
        connection.CallAsync(new MonitorCall<HealthView>(HttpMethod.Get, "api/health", ApiJson.Default.HealthView) { TakesUnavailable = true }, cancellation);

    /// <summary>Nodes as they are stored, with their counts: one page, by id.</summary>
    /// <param name="after">The <see cref="NodeList.Next"/> of the page before; null for the first.</param>
    public Task<MonitorReply<NodeList>> NodesAsync(string? after = null, CancellationToken cancellation = default) =>
        GetAsync($"api/nodes{(after is null ? "" : $"?after={Escaped(after)}")}", ApiJson.Default.NodeList, cancellation);

    /// <summary>One node as it is stored.</summary>
    /// <param name="node">Its id, or a name that no other node has.</param>
    public Task<MonitorReply<NodeView>> NodeAsync(string node, CancellationToken cancellation = default) =>
        OfNodeAsync(node, n => new MonitorCall<NodeView>(HttpMethod.Get, $"api/nodes/{n}", ApiJson.Default.NodeView), cancellation);

    /// <summary>What happened to a node, newest first: one page.</summary>
    /// <param name="node">Its id, or a name that no other node has.</param>
    /// <param name="limit">How many entries, at most.</param>
    /// <param name="before">The <see cref="HistoryView.Next"/> of the page before; null for the newest.</param>
    public Task<MonitorReply<HistoryView>> HistoryAsync(string node, int limit, string? before = null, CancellationToken cancellation = default) =>
        OfNodeAsync(
            node,
            n => new MonitorCall<HistoryView>(
                HttpMethod.Get,
                string.Create(CultureInfo.InvariantCulture, $"api/nodes/{n}/history?limit={limit}{(before is null ? "" : $"&before={Escaped(before)}")}"),
                ApiJson.Default.HistoryView),
            cancellation);

    /// <summary>How long a node was in each state.</summary>
    /// <param name="node">Its id, or a name that no other node has.</param>
    /// <param name="since">Null: 24 h before <paramref name="until"/>.</param>
    /// <param name="until">Null: now.</param>
    /// <param name="slices">Equally long parts of which the same is told, 0 to 1000.</param>
    public Task<MonitorReply<UptimeView>> UptimeAsync(string node, DateTimeOffset? since, DateTimeOffset? until, int slices, CancellationToken cancellation = default) =>
        OfNodeAsync(
            node,
            n => new MonitorCall<UptimeView>(
                HttpMethod.Get,
                string.Create(CultureInfo.InvariantCulture, $"api/nodes/{n}/uptime?slices={slices}{Moment("since", since)}{Moment("until", until)}"),
                ApiJson.Default.UptimeView),
            cancellation);

    /// <summary>A node's hours or days, newest first: one page.</summary>
    /// <param name="node">Its id, or a name that no other node has.</param>
    /// <param name="since">Null: as far back as is kept.</param>
    /// <param name="before">The <see cref="RollupList.Next"/> of the page before, or any time; null for the newest.</param>
    /// <param name="limit">1 to 1000.</param>
    public Task<MonitorReply<RollupList>> RollupsAsync(
        string node, RollupSpan span, DateTimeOffset? since, DateTimeOffset? before, int limit, CancellationToken cancellation = default) =>
        OfNodeAsync(
            node,
            n => new MonitorCall<RollupList>(
                HttpMethod.Get,
                string.Create(CultureInfo.InvariantCulture, $"api/nodes/{n}/rollups?span={Word(span)}&limit={limit}{Moment("since", since)}{Moment("before", before)}"),
                ApiJson.Default.RollupList),
            cancellation);

    /// <summary>Checks a node now, from where it can best be seen.</summary>
    /// <param name="node">Its id, or a name that no other node has.</param>
    /// <param name="save">Take the result into the node's health, as a regular check.</param>
    /// <param name="wait">How long the monitor waits for the node's agent: 0 to <see cref="MaxWait"/>.</param>
    public Task<MonitorReply<NodeCheck>> CheckAsync(string node, CheckMethod method, bool save, TimeSpan wait, CancellationToken cancellation = default) =>
        OfNodeAsync(node, n => new MonitorCall<NodeCheck>(HttpMethod.Post, $"api/nodes/{n}/check?{CheckQuery(method, save, wait)}", ReadCheck) { Wait = wait }, cancellation);

    /// <summary>Checks all nodes now. One that did not answer in time is told by its state as it is stored.</summary>
    /// <inheritdoc cref="CheckAsync"/>
    public Task<MonitorReply<CheckSummary>> CheckAllAsync(CheckMethod method, bool save, TimeSpan wait, CancellationToken cancellation = default) =>
        connection.CallAsync(new MonitorCall<CheckSummary>(HttpMethod.Post, $"api/nodes/check?{CheckQuery(method, save, wait)}", ApiJson.Default.CheckSummary) { Wait = wait }, cancellation);

    /// <summary>Gives an order for a node. Its outcome is in the answer only if it came within <paramref name="wait"/>.</summary>
    /// <inheritdoc cref="CheckAsync"/>
    public Task<MonitorReply<OrderView>> CommandAsync(string node, NodeCommand command, TimeSpan wait, CancellationToken cancellation = default) =>
        CommandAsync(node, command, wait, killAfter: null, cancellation);

    /// <summary>The same, of a restart or a stop that may not take its time.</summary>
    /// <param name="killAfter">SIGKILL after this, 0 to the node's stop budget, which is also what null means: what is not saved by then may be lost.</param>
    /// <inheritdoc cref="CheckAsync"/>
    public Task<MonitorReply<OrderView>> CommandAsync(string node, NodeCommand command, TimeSpan wait, TimeSpan? killAfter, CancellationToken cancellation = default) =>
        OfNodeAsync(
            node,
            n => new MonitorCall<OrderView>(HttpMethod.Post, $"api/nodes/{n}/{Word(command)}?wait={Seconds(wait)}", ApiJson.Default.OrderView)
            {
                Wait = wait,
                Body = killAfter is { } after
                    ? JsonSerializer.SerializeToUtf8Bytes(new OrderRequest { KillAfterMs = (long)after.TotalMilliseconds }, ApiJson.Default.OrderRequest)
                    : [],
            },
            cancellation);

    /// <summary>How far an order is.</summary>
    /// <param name="id">33 hexadecimal digits.</param>
    public Task<MonitorReply<OrderView>> OrderAsync(string id, CancellationToken cancellation = default) =>
        GetAsync($"api/orders/{Escaped(id)}", ApiJson.Default.OrderView, cancellation);

    /// <summary>The last orders about a node, newest first; without checks.</summary>
    /// <param name="node">Its id, or a name that no other node has.</param>
    /// <param name="limit">How many, at most.</param>
    public Task<MonitorReply<OrderList>> OrdersAsync(string node, int limit, CancellationToken cancellation = default) => OfNodeAsync(
        node,
        n => new MonitorCall<OrderList>(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"api/nodes/{n}/orders?limit={limit}"), ApiJson.Default.OrderList),
        cancellation);

    /// <summary>The agents that are enrolled.</summary>
    public Task<MonitorReply<AgentList>> AgentsAsync(CancellationToken cancellation = default) =>
        GetAsync("api/agents", ApiJson.Default.AgentList, cancellation);

    /// <summary>Removes an agent and its nodes; what it sends afterwards is refused.</summary>
    /// <param name="agent">Its name, which is given back.</param>
    public Task<MonitorReply<string>> RemoveAgentAsync(string agent, CancellationToken cancellation = default) => NodeName.TryParse(agent, out _)
        ? connection.CallAsync(new MonitorCall<string>(HttpMethod.Delete, $"api/agents/{agent}", (_, _) => agent), cancellation)
        : NoName<string>("This is no agent's name", agent);

    /// <summary>Makes an agent known by its public key.</summary>
    internal Task<MonitorReply<EnrolAnswer>> EnrolAsync(EnrolRequest request, CancellationToken cancellation = default) => connection.CallAsync(
        new MonitorCall<EnrolAnswer>(HttpMethod.Post, "api/agents", ApiJson.Default.EnrolAnswer) { Body = JsonSerializer.SerializeToUtf8Bytes(request, ApiJson.Default.EnrolRequest) },
        cancellation);

    /// <summary>Orders an agent to take its configuration file anew.</summary>
    public Task<MonitorReply<OrderView>> ReloadAsync(string agent, TimeSpan wait, CancellationToken cancellation = default) => NodeName.TryParse(agent, out _)
        ? connection.CallAsync(new MonitorCall<OrderView>(HttpMethod.Post, $"api/agents/{agent}/reload?wait={Seconds(wait)}", ApiJson.Default.OrderView) { Wait = wait }, cancellation)
        : NoName<OrderView>("This is no agent's name", agent);

    public void Dispose() => connection.Dispose();

    private Task<MonitorReply<T>> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellation)
        where T : class => connection.CallAsync(new MonitorCall<T>(HttpMethod.Get, path, answer), cancellation);

    // A text like ".." would become another path: what cannot be a node is not sent.
    private Task<MonitorReply<T>> OfNodeAsync<T>(string node, Func<string, MonitorCall<T>> call, CancellationToken cancellation)
        where T : class => NodeId.TryParse(node, out _) || NodeName.TryParse(node, out _)
            ? connection.CallAsync(call(node), cancellation)
            : NoName<T>("This is no node's id or name", node);

    private static Task<MonitorReply<T>> NoName<T>(string title, string text)
        where T : class =>
        Task.FromResult<MonitorReply<T>>(new MonitorReply<T>.Refused(404, title, $"'{ShownText.Of(text, null)}'; a name is {NodeName.Rule}"));

    private static NodeCheck? ReadCheck(int status, ReadOnlyMemory<byte> body) => status == 202
        ? JsonSerializer.Deserialize(body.Span, ApiJson.Default.OrderView) is { } order ? new NodeCheck.Ordered(order) : null
        : JsonSerializer.Deserialize(body.Span, ApiJson.Default.CheckAnswer) is { } answer ? new NodeCheck.Made(answer) : null;

    private static string CheckQuery(CheckMethod method, bool save, TimeSpan wait) =>
        $"method={Word(method)}&save={(save ? "true" : "false")}&wait={Seconds(wait)}";

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Seconds(TimeSpan wait) => ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string Moment(string name, DateTimeOffset? time) =>
        time is { } at ? $"&{name}={at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)}" : "";

    private static string Escaped(string text) => Uri.EscapeDataString(text);
}
