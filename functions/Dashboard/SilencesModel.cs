using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is not told at present, and was not.</summary>
/// <param name="Live">Those that have not ended.</param>
/// <param name="Ended">The newest first.</param>
/// <param name="Whom">For the forms: whom somebody came from; null where he came from nobody's page.</param>
public sealed record SilencesModel(ImmutableArray<SilenceView> Live, ImmutableArray<SilenceView> Ended, string? Whom);
