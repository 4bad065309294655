namespace MoneroCloud.Testing;

/// <summary>How far a mail has come when a <see cref="SmtpFront"/> asks what to do.</summary>
public enum SmtpStep
{
    /// <summary>A client has connected.</summary>
    Connected,

    /// <summary>It has sent DATA, which the server does not have yet.</summary>
    Data,

    /// <summary>It has sent some of the mail, of which the server has nothing yet.</summary>
    Body,

    /// <summary>It has sent the final dot, which the server does not have yet.</summary>
    Dot,

    /// <summary>The server has taken the mail; the client does not know it yet.</summary>
    Taken,

    /// <summary>The client has the server's answer.</summary>
    Answered,
}
