namespace MoneroCloud.Tests.Alerts;

/// <summary>A message as it arrived.</summary>
/// <param name="Keys">What its receiver may drop repeats by: one or several that must agree from try to try.</param>
/// <param name="HeaderNames">All of them.</param>
/// <param name="Texts">What people read of it, decoded.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record ReceivedMessage(IReadOnlyList<string> Keys, IReadOnlyList<string> HeaderNames, IReadOnlyList<string> Texts, int Bytes);
