namespace MoneroCloud.Core;

/// <summary>One key of a configuration file. The reader, the JSON Schema and the document about the file are all made from it.</summary>
internal sealed record Setting(string Key, ValueShape Shape, string Description)
{
    public bool Required { get; init; }

    /// <summary>As JSON; null when it has none, or none that the file alone tells.</summary>
    public string? Default { get; init; }

    /// <summary>The default in words, where it depends on the host or on other settings.</summary>
    public string? DefaultInWords { get; init; }

    /// <summary>May hold a secret by mistake: no message shows it.</summary>
    public bool Sensitive { get; init; }

    /// <summary>An address: one with '@' or '?', behind or before which a secret may stand, is not shown.</summary>
    public bool IsAddress { get; init; }
}
