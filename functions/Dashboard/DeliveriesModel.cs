using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What was told, and what is still to be.</summary>
/// <param name="Subject">Whose; null for all.</param>
/// <param name="Truncated">There are more.</param>
public sealed record DeliveriesModel(string? Subject, ImmutableArray<AlertView> Pending, ImmutableArray<AlertView> Ended, bool Truncated);
