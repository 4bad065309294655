namespace MoneroCloud.Functions;

/// <summary>A kind of call of the storage.</summary>
internal enum StorageOperation
{
    Prepare,
    Read,
    Range,
    Due,
    Commit,
}
