namespace MoneroCloud.Core;

/// <summary>How far an import is.</summary>
/// <param name="File">Its SHA-256.</param>
/// <param name="Stored">Rows from the file's begin that are stored.</param>
/// <param name="Done">All of them are.</param>
public sealed record ImportAnswer(string File, long Stored, bool Done);
