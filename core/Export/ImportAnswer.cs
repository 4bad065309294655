namespace MoneroCloud.Core;

/// <summary>How far an import is.</summary>
/// <param name="File">Its SHA-256.</param>
/// <param name="Stored">Rows from the file's begin that are stored.</param>
/// <param name="Done">All of them are.</param>
/// <param name="Checked">True where nothing was written: the rows were only looked at. Null where they were stored, and from a monitor that cannot only look.</param>
public sealed record ImportAnswer(string File, long Stored, bool Done, bool? Checked = null);
