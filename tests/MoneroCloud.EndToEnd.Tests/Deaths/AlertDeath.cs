using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>When one life of a monitor ends.</summary>
internal abstract record AlertDeath
{
    private AlertDeath()
    {
    }

    /// <summary>So long after it was begun, and whatever it does then.</summary>
    public sealed record After(TimeSpan Life) : AlertDeath;

    /// <summary>At a numbered step of its own.</summary>
    public sealed record At(string Point) : AlertDeath;

    /// <summary>While a mail is on its way.</summary>
    public sealed record InMail(SmtpStep Step) : AlertDeath;

    /// <summary>The receiver of a webhook has read all of it and has not answered.</summary>
    public sealed record InWebhook : AlertDeath;
}
