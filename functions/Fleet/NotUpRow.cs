namespace MoneroCloud.Functions;

/// <summary>A row of what is not Up, with whom it is about.</summary>
/// <param name="Subject">A node's id, or a silent agent's name.</param>
internal readonly record struct NotUpRow(string Subject, NotUp Flag);
