namespace MoneroCloud.Agent;

/// <summary>A file that is no whole file of a monitor's state, or one of a newer program. The message goes on after the file's name.</summary>
internal sealed class StateFileException(string message) : Exception(message);
