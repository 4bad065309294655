namespace MoneroCloud.Tests.Alerts;

/// <summary>A card as a host reads it.</summary>
/// <param name="Complaints">What is wrong with it, or newer than the host.</param>
/// <param name="Texts">Of all runs.</param>
/// <param name="Buttons">Their addresses.</param>
internal sealed record ReadCard(string Version, IReadOnlyList<string> Complaints, IReadOnlyList<string> Texts, IReadOnlyList<string> Buttons);
