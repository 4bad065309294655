using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MoneroCloud.Bench;

/// <summary>
/// What stands before a standalone monitor's broker when agents are elsewhere: it ends TLS and hands the bytes on. Its certificate is trusted by
/// a file that has the system's roots too, as any agent loads them that reaches its bus by TLS.
/// </summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private const string SystemRoots = "/etc/ssl/certs/ca-certificates.crt";

    private readonly CancellationTokenSource end = new();
    private readonly X509Certificate2 certificate = Certificate();
    private readonly TcpListener listener;
    private readonly int broker;
    private readonly Task accepting;

    /// <param name="trustFile">Where the certificate and the system's roots are written.</param>
    /// <param name="broker">The port it hands on to.</param>
    public TlsFront(int port, string trustFile, int broker)
    {
        this.broker = broker;
        File.WriteAllText(trustFile, $"{(File.Exists(SystemRoots) ? File.ReadAllText(SystemRoots) : "")}\n{certificate.ExportCertificatePem()}\n");
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Connections accepted so far.</summary>
    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await accepting;
        certificate.Dispose();
        end.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bench", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.Add(RelayAsync(await listener.AcceptTcpClientAsync(end.Token)));
                Connections++;
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task RelayAsync(TcpClient agent)
    {
        using var outside = agent;
        using var inside = new TcpClient { NoDelay = true };
        outside.NoDelay = true;
        try
        {
            await using var tls = new SslStream(outside.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, end.Token);
            await inside.ConnectAsync(IPAddress.Loopback, broker, end.Token);
            await using var plain = inside.GetStream();
            await Task.WhenAny(tls.CopyToAsync(plain, end.Token), plain.CopyToAsync(tls, end.Token));
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
        {
            // One of the two left; the agent connects again.
        }
    }
}
