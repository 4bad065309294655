namespace MoneroCloud.Functions;

/// <summary>One row holds no document of this version of the monitor: never taken for absent, and no reason to stop the others' work.</summary>
internal sealed class UnreadableRowException(RowKey key, string type, string why)
    : StorageUnavailableException($"row {key} cannot be read as {type}: {why}; restore it or remove it");
