namespace MoneroCloud.Agent;

/// <summary>A file's rights.</summary>
/// <param name="Owner">The user's number.</param>
internal sealed record FileFacts(UnixFileMode Mode, FileKind Kind, uint Owner);
