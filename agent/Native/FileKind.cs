namespace MoneroCloud.Agent;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    File,
    Folder,
    Other,
}
