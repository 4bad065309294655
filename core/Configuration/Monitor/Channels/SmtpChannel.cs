using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Mail over a mail server.</summary>
internal sealed record SmtpChannel(string Name) : ChannelConfig(Name)
{
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    private static readonly Setting HostKey = new("host", new ValueShape.Text("a host's name or address", MonitorTextPatterns.HostName, MaxLength: 255), "The mail server.")
    {
        Required = true,
    };

    private static readonly Setting PortKey = new("port", new ValueShape.Whole(1, 65_535), "Its port. Azure, and others, let nothing out to port 25.")
    {
        DefaultInWords = $"{SubmissionPort}; {TlsPort} with `tls`",
    };

    private static readonly Setting SecurityKey = new(
        "security",
        new ValueShape.Choice(["starttls", "tls", "none"]),
        "`starttls`: TLS after the greeting, and nothing is sent without; `tls`: from the first byte; `none`: in clear, only to a server on this machine.")
    {
        Default = "\"starttls\"",
    };

    private static readonly Setting FromKey = new("from", ChannelSettings.MailShape, "Who sends the mail.") { Required = true };

    private static readonly Setting LoginKey = new("login", AlertSecretName.Shape, "The variable that holds `user:password` for the server.")
    {
        Sensitive = true,
        DefaultInWords = "no login",
    };

    private static readonly Setting TlsKey = TlsSettings.Group("for a server with a certificate of its own");

    public static ChannelKind Kind { get; } =
        new("smtp", "Mail over a mail server.", [HostKey, PortKey, SecurityKey, FromKey, ChannelSettings.Recipients, LoginKey, TlsKey], Read) { PerMinute = ChannelSettings.MailPerMinute };

    /// <summary>A name, or an address without brackets.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public SmtpSecurity Security { get; init; }

    public required string From { get; init; }

    /// <summary>At least one, none twice.</summary>
    public required ImmutableArray<string> To { get; init; }

    /// <summary>Null for a server that asks for none.</summary>
    public AlertSecretName? Login { get; init; }

    public TlsTrust Trust { get; init; } = new TlsTrust.SystemRoots();

    public override IEnumerable<AlertSecret> Secrets() => Login is { } login ? [new AlertSecret(LoginKey, login, ChannelSettings.LoginProblem)] : [];

    private static SmtpChannel? Read(ChannelSection channel)
    {
        var section = channel.Section;
        var security = section.Text(SecurityKey) switch { "tls" => SmtpSecurity.Tls, "none" => SmtpSecurity.None, _ => SmtpSecurity.StartTls };
        var (host, from, to) = (section.Text(HostKey), section.Text(FromKey), channel.Addresses(ChannelSettings.Recipients));
        if (security == SmtpSecurity.None && host is not null && !PostAddress.IsThisMachine(host))
        {
            section.Refuse(SecurityKey, "goes with a server on this machine only (localhost, 127.0.0.0/8, ::1): mail and login would go in clear");
        }

        if (security == SmtpSecurity.None && section.Has(TlsKey))
        {
            section.RefuseUnshown(TlsKey, "goes with starttls or tls, and security is none");
        }

        var (login, trust) = (channel.Secret(LoginKey), TlsSettings.Read(section, TlsKey, channel.Folder));
        return host is null || from is null || to.IsEmpty || trust is null ? null : new SmtpChannel(channel.Name)
        {
            Host = host.Trim('[', ']'),
            Port = (int)(section.Whole(PortKey) ?? (security == SmtpSecurity.Tls ? TlsPort : SubmissionPort)),
            Security = security,
            From = from,
            To = to,
            Login = login,
            Trust = trust,
        };
    }
}
