namespace MoneroCloud.Testing;

/// <summary>What a <see cref="SmtpFront"/> does at a step.</summary>
public abstract record SmtpAct
{
    private SmtpAct()
    {
    }

    /// <summary>It passes on what came.</summary>
    public static SmtpAct Pass { get; } = new PassOn();

    /// <summary>It ends both connections.</summary>
    public static SmtpAct Drop { get; } = new Dropped();

    public sealed record PassOn : SmtpAct;

    public sealed record Dropped : SmtpAct;

    /// <summary>It says this to the client in the server's place, and ends both connections.</summary>
    /// <param name="Line">Without a line end.</param>
    public sealed record Say(string Line) : SmtpAct;
}
