namespace MoneroCloud.Core;

/// <summary>Something that somebody did, or tried, over the API or the dashboard. Settable, as stored.</summary>
public sealed record AuditView
{
    /// <summary>When it was asked for, by the monitor's clock.</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>The role that was proved, and what the person calls himself behind it; empty for those who proved nothing.</summary>
    public required string By { get; set; }

    /// <summary>Which key it was: 8 hexadecimal digits; null where there was none.</summary>
    public string? Key { get; set; }

    /// <summary>The client's address; null for several together.</summary>
    public string? From { get; set; }

    /// <summary><c>api</c> or <c>dashboard</c>.</summary>
    public required string Door { get; set; }

    /// <summary>What: restart, acknowledge, silence and so on.</summary>
    public required string Deed { get; set; }

    /// <summary>A node's id, an agent's name, or <c>monitor</c>.</summary>
    public required string Subject { get; set; }

    /// <summary>More about it, in words; null for nothing.</summary>
    public string? Details { get; set; }

    /// <summary>How it ended; null where the monitor was ended, or its storage away, before that could be written.</summary>
    public string? Result { get; set; }

    /// <summary>Of several alike that are one line: how many at least. Null for one.</summary>
    public int? Count { get; set; }
}
