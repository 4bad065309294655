namespace MoneroCloud.Functions;

/// <summary>Somebody who has signed in, as his cookie says.</summary>
/// <param name="Key">The key he gave: when it is replaced, the session ends.</param>
/// <param name="Id">Random, one a sign-in.</param>
/// <param name="Person">What he calls himself; null where he did not say.</param>
internal sealed record PageSession(ApiKey Key, string Id, string? Person, DateTimeOffset Ends);
