using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The channel kind <c>teams</c>: a card over a workflow, which takes it (202) before it shows it. The receipt has the number of the workflow's run.</summary>
internal sealed class TeamsNotifier : INotifier, IDisposable
{
    private readonly HttpPoster _http;
    private readonly Uri _address;

    /// <param name="deadline">Of one try; null: <see cref="SendLimit.Default"/>.</param>
    public TeamsNotifier(TeamsChannel channel, AlertSecrets secrets, TimeProvider time, TimeSpan? deadline = null)
    {
        (Channel, _address) = (channel.Name, new Uri(secrets.Reveal(channel.Url)));
        _http = new HttpPoster(time, deadline, Redaction.Address(_address));
    }

    public string Channel { get; }

    public Task<Notified> SendAsync(Notice notice, CancellationToken cancellation) => _http.PostAsync(
        _ => ValueTask.FromResult(HttpPoster.Request(_address, notice.Key, TeamsCard.Message(notice))),
        (response, _) => ValueTask.FromResult(HttpPoster.Header(response, "x-ms-workflow-run-id", "x-ms-request-id")),
        cancellation);

    public void Dispose() => _http.Dispose();
}
