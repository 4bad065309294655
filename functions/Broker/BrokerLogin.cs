namespace MoneroCloud.Functions;

/// <summary>
/// Who logs in with this name and password; null when nobody does. Called from many threads. It compares in constant time, and never
/// throws for what the two texts are.
/// </summary>
internal delegate BrokerUser? BrokerLogin(string user, string password);
