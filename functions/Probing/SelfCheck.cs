using System.Net;
using System.Net.Sockets;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Whether the monitor's own network is there: asks, all at once, what is there whenever it is. Without targets it always is.</summary>
/// <param name="time">For the deadline.</param>
internal sealed class SelfCheck(MonitorPolicy policy, TimeProvider time)
{
    private const int LongestReason = 500;

    /// <returns>Null when it is there, else which targets failed and how. Ends within the deadline, and never throws for what the network does.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        var targets = policy.SelfCheckTargets;
        if (targets.IsEmpty)
        {
            return null;
        }

        var failures = (await Task.WhenAll(targets.Select(t => TryAsync(t, cancellation)))).OfType<string>().ToArray();
        var needed = policy.SelfCheck.Quorum == SelfCheckQuorum.All ? targets.Length : (targets.Length / 2) + 1;
        if (failures.Length < needed)
        {
            return null;
        }

        var reason = $"{failures.Length} of {targets.Length} self-check targets failed: {string.Join(", ", failures)}";
        return reason.Length <= LongestReason ? reason : reason[..LongestReason] + "...";
    }

    private async Task<string?> TryAsync(Uri target, CancellationToken cancellation)
    {
        // Without its path, in which somebody may have a secret.
        var shown = $"{target.Scheme}://{target.Authority}";
        using var deadline = new CancellationTokenSource(policy.SelfCheck.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            await (target.Scheme == Uri.UriSchemeHttps ? GetAsync(target, either.Token) : ConnectAsync(target, either.Token));
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{shown} (no answer within {DurationText.Format(policy.SelfCheck.Deadline)})";
        }
        catch (SocketException e)
        {
            return $"{shown} ({e.SocketErrorCode})";
        }
        catch (HttpRequestException e)
        {
            return $"{shown} ({(e.InnerException is SocketException { SocketErrorCode: var code } ? code.ToString() : e.HttpRequestError.ToString())})";
        }
    }

    private static async Task ConnectAsync(Uri target, CancellationToken cancellation)
    {
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(new DnsEndPoint(target.IdnHost, target.Port), cancellation);
    }

    /// <summary>Whatever it answers: the certificate, and that something came, show that the way there is good.</summary>
    private static async Task GetAsync(Uri target, CancellationToken cancellation)
    {
        // A connection each time: one that is kept says nothing of the network.
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Head, target);
        using var response = await http.SendAsync(request, cancellation);
    }
}
