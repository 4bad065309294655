namespace MoneroCloud.Testing;

/// <summary>A mail as a server got it.</summary>
/// <param name="From">Of the envelope.</param>
/// <param name="To">Of the envelope: those that were taken.</param>
/// <param name="User">Who logged in; null when nobody did.</param>
/// <param name="Mail">Headers and body.</param>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, bool Tls, string? User, string Mail);
