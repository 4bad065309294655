namespace MoneroCloud.Core;

/// <summary>A route with the place it was read from.</summary>
/// <param name="Match">Null where it fits every alert.</param>
internal sealed record ReadRoute(ConfigSection Section, ConfigSection? Match, AlertRoute Route);
