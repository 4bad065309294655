namespace MoneroCloud.Functions;

/// <summary>The store could not be used: not reached, too slow, full, locked, damaged, refused. The message is for operators and has no secret.</summary>
internal class StorageUnavailableException(string message) : Exception(message);
