using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Core;

/// <summary>The part of a monitor's API that is about incidents, silences and alerts. Every failure is a value, as in <see cref="MonitorClient"/>.</summary>
public sealed class OperatorCalls
{
    private readonly MonitorConnection connection;

    internal OperatorCalls(MonitorConnection connection) => this.connection = connection;

    /// <summary>Those that are open, the worst first, then those that are over, newest first.</summary>
    /// <param name="state"><c>open</c>, <c>resolved</c> or <c>all</c>.</param>
    /// <param name="subject">A node's id, an agent's name, or <c>monitor</c>; null for all.</param>
    /// <param name="since">Of those that are over, only what was opened then or later; null for all.</param>
    /// <param name="limit">1 to 500.</param>
    public Task<MonitorReply<IncidentList>> IncidentsAsync(string state, string? subject, DateTimeOffset? since, int limit, CancellationToken cancellation = default) => GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"api/incidents?state={Escaped(state)}&limit={limit}{Query("subject", subject)}{Query("since", since?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))}"),
        ApiJson.Default.IncidentList,
        cancellation);

    /// <summary>One incident with its timeline.</summary>
    /// <param name="id">25 hexadecimal digits.</param>
    public Task<MonitorReply<IncidentDetail>> IncidentAsync(string id, CancellationToken cancellation = default) =>
        GetAsync($"api/incidents/{Escaped(id)}", ApiJson.Default.IncidentDetail, cancellation);

    public Task<MonitorReply<IncidentView>> AcknowledgeAsync(string id, AckRequest request, CancellationToken cancellation = default) =>
        PostAsync($"api/incidents/{Escaped(id)}/ack", request, ApiJson.Default.AckRequest, ApiJson.Default.IncidentView, cancellation);

    /// <param name="by">Who takes it back; null leaves it to the key's role.</param>
    public Task<MonitorReply<IncidentView>> UnacknowledgeAsync(string id, string? by, CancellationToken cancellation = default) =>
        DeleteAsync($"api/incidents/{Escaped(id)}/ack", by, ApiJson.Default.IncidentView, cancellation);

    public Task<MonitorReply<IncidentView>> ResolveAsync(string id, ResolveRequest request, CancellationToken cancellation = default) =>
        PostAsync($"api/incidents/{Escaped(id)}/resolve", request, ApiJson.Default.ResolveRequest, ApiJson.Default.IncidentView, cancellation);

    /// <summary>Silences and maintenance: active, to come, and ended in the last 30 days.</summary>
    public Task<MonitorReply<SilenceList>> SilencesAsync(CancellationToken cancellation = default) => GetAsync("api/silences", ApiJson.Default.SilenceList, cancellation);

    public Task<MonitorReply<SilenceView>> SilenceAsync(SilenceRequest request, CancellationToken cancellation = default) =>
        PostAsync("api/silences", request, ApiJson.Default.SilenceRequest, ApiJson.Default.SilenceView, cancellation);

    public Task<MonitorReply<SilenceView>> MaintainAsync(MaintenanceRequest request, CancellationToken cancellation = default) =>
        PostAsync("api/maintenance", request, ApiJson.Default.MaintenanceRequest, ApiJson.Default.SilenceView, cancellation);

    /// <summary>Ends a silence or a maintenance before its time.</summary>
    /// <param name="id">12 hexadecimal digits.</param>
    /// <param name="by">Who ends it; null leaves it to the key's role.</param>
    public Task<MonitorReply<SilenceView>> EndSilenceAsync(string id, string? by, CancellationToken cancellation = default) =>
        DeleteAsync($"api/silences/{Escaped(id)}", by, ApiJson.Default.SilenceView, cancellation);

    /// <summary>What was told, and what is still to be.</summary>
    /// <param name="alert">An alert's id; null for all.</param>
    /// <param name="limit">1 to 500, of each.</param>
    public Task<MonitorReply<AlertList>> AlertsAsync(string? subject, string? alert, int limit, CancellationToken cancellation = default) =>
        GetAsync(string.Create(CultureInfo.InvariantCulture, $"api/alerts?limit={limit}{Query("subject", subject)}{Query("alert", alert)}"), ApiJson.Default.AlertList, cancellation);

    /// <summary>Sends a test over one channel, as any alert goes; <see cref="AlertsAsync"/> tells what became of it.</summary>
    public Task<MonitorReply<AlertTestAnswer>> TestAlertAsync(AlertTestRequest request, CancellationToken cancellation = default) =>
        PostAsync("api/alerts/test", request, ApiJson.Default.AlertTestRequest, ApiJson.Default.AlertTestAnswer, cancellation);

    /// <summary>Rows of the monitor's state: one page of one shard.</summary>
    /// <param name="shard">0 to 15.</param>
    /// <param name="after">The <see cref="ExportPage.Next"/> of the page before; null for the first.</param>
    public Task<MonitorReply<ExportPage>> ExportAsync(int shard, string? after, CancellationToken cancellation = default) =>
        GetAsync(string.Create(CultureInfo.InvariantCulture, $"api/export?shard={shard}{Query("after", after)}"), ApiJson.Default.ExportPage, cancellation);

    /// <summary>Puts a part of a file of a monitor's state into the store.</summary>
    public Task<MonitorReply<ImportAnswer>> ImportAsync(ImportRequest request, CancellationToken cancellation = default) =>
        PostAsync("api/import", request, ApiJson.Default.ImportRequest, ApiJson.Default.ImportAnswer, cancellation);

    private Task<MonitorReply<T>> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellation)
        where T : class => connection.CallAsync(new MonitorCall<T>(HttpMethod.Get, path, answer), cancellation);

    private Task<MonitorReply<T>> PostAsync<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> type, JsonTypeInfo<T> answer, CancellationToken cancellation)
        where T : class =>
        connection.CallAsync(new MonitorCall<T>(HttpMethod.Post, path, answer) { Body = JsonSerializer.SerializeToUtf8Bytes(body, type) }, cancellation);

    private Task<MonitorReply<T>> DeleteAsync<T>(string path, string? by, JsonTypeInfo<T> answer, CancellationToken cancellation)
        where T : class =>
        connection.CallAsync(new MonitorCall<T>(HttpMethod.Delete, path + (by is null ? "" : $"?by={Escaped(by)}"), answer), cancellation);

    private static string Query(string name, string? value) => value is null ? "" : $"&{name}={Escaped(value)}";

    private static string Escaped(string text) => Uri.EscapeDataString(text);
}
