namespace MoneroCloud.Core;

/// <summary>What the client does about one of the bus's conditions.</summary>
/// <param name="IsPermanent">A message that was refused with it would be refused again.</param>
/// <param name="NotBefore">How long to wait at least before the next try.</param>
/// <param name="NewToken">The queue's token is not used again.</param>
/// <param name="Words">For the log: what happens next.</param>
internal sealed record BusReaction(bool IsPermanent, TimeSpan NotBefore, bool NewToken, string Words);
