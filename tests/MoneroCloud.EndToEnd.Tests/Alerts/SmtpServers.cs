using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Alerts;

/// <summary>The mail servers of a class of tests, started side by side.</summary>
public sealed class SmtpServers : IAsyncLifetime
{
    public const string User = "monerocloud@example.org";

    /// <summary>With what must be kept from servers, logs and splitting at colons.</summary>
    public const string Password = "pass:word with \"quotes\" é";

    /// <summary>STARTTLS and a login.</summary>
    public RealSmtpServer Submission { get; private set; } = null!;

    /// <summary>TLS from the first byte, no login.</summary>
    public RealSmtpServer Tls { get; private set; } = null!;

    /// <summary>In clear, no login.</summary>
    public RealSmtpServer Plain { get; private set; } = null!;

    /// <summary>SHA-256 of the certificate of all of them.</summary>
    public string Fingerprint { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var certificate = NodeCertificate.Make(TestRun.NewFolder("smtp-tls"));
        var files = (certificate.File, certificate.KeyFile);
        Fingerprint = certificate.Fingerprint;
        var started = await Task.WhenAll(
            RealSmtpServer.StartAsync($"{User}:{Password}", files), RealSmtpServer.StartAsync(certificate: files, implicitTls: true), RealSmtpServer.StartAsync());
        (Submission, Tls, Plain) = (started[0], started[1], started[2]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in new[] { Submission, Tls, Plain })
        {
            await server.DisposeAsync();
        }
    }
}
