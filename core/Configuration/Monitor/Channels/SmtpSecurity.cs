namespace MoneroCloud.Core;

/// <summary>How a connection to a mail server is protected.</summary>
internal enum SmtpSecurity
{
    /// <summary>TLS after a greeting in clear; without it nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>In clear, to this machine only.</summary>
    None,
}
