namespace MoneroCloud.Functions;

/// <summary>Where an incident is, for whoever has only its id. Written with it, once.</summary>
internal sealed record IncidentPlace(string Subject, DateTimeOffset OpenedAt);
