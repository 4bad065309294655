using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Who did what.</summary>
/// <param name="Subject">About whom; null for all.</param>
/// <param name="Entries">The newest first.</param>
/// <param name="Next">There are older ones, before then; null on the last page.</param>
public sealed record AuditModel(string? Subject, ImmutableArray<AuditView> Entries, DateTimeOffset? Next);
